// Names the cause of a wait: the longest that the record shows, with its setting and its *observed* length. The
// time without any such reason is `dispatch`, what server and worker themselves take.
import type { RunRecord } from '../../record/record.ts'
import type { Cause } from '../../result/campaign-result.ts'
import { executionsOf, type Execution } from '../activity-executions.ts'
import { activityQueue, type AlignedHistory } from '../aligned-history.ts'
import {
  totalMs,
  waitIntervals,
  type ActivityAttempts,
  type OpenObligation,
  type WaitInterval,
} from '../open-obligation.ts'
import type { Outage } from '../outages.ts'
import { activityType } from '../pending-activity.ts'
import { usualWaitsOf, type UsualWaits } from '../usual-waits.ts'
import { workerSdksOf, type WorkerSdks } from '../worker-sdks.ts'
import { attemptWaits } from './activity-attempts.ts'
import { slotSetting, slotWaitName, slotWaits } from './activity-slots.ts'
import { failedWorkflowTasks } from './failed-workflow-tasks.ts'
import { lateTimer } from './late-timers.ts'
import { openActivity } from './open-activity.ts'
import { pollBackoffs } from './poll-backoff.ts'
import { settingIn } from './setting-names.ts'
import { sharesOf, type Share } from './shares.ts'
import { slotsSeen, type SlotsSeen } from './slots-seen.ts'
import { negligibleMs, type Wait } from './wait.ts'
import { unpolledQueue } from './unpolled-queue.ts'
import { workerAbsence } from './worker-absence.ts'
import { workflowCode } from './workflow-code.ts'
import { stickyTimeoutMs, workflowTaskTimeouts } from './workflow-task-timeouts.ts'

/** What the causes of all waits of a record have in common. */
export interface CauseSources {
  readonly record: RunRecord
  readonly executions: readonly Execution[]
  readonly stickyMs: number
  readonly sdks: WorkerSdks
  readonly slots: SlotsSeen
  readonly usualWaits: UsualWaits
}

export function causeSources(
  record: RunRecord,
  histories: readonly AlignedHistory[],
  outages: readonly Outage[],
): CauseSources {
  const executions = executionsOf(histories)
  return {
    record,
    executions,
    slots: slotsSeen(executions, outages),
    usualWaits: usualWaitsOf(record),
    stickyMs: stickyTimeoutMs(record, histories),
    sdks: workerSdksOf(histories),
  }
}

export interface Attribution {
  readonly cause: Cause
  /** How long the obligation waited for each cause, in milliseconds by name, without negligible ones. */
  readonly waitedMs: Readonly<Record<string, number>>
  /** The part of the wait that is there without the fault as well, as in a worker that is full. */
  readonly queuedMs: number
}

/** The reasons for an obligation's wait; null if it hardly waited, or still waits and nobody knows why. */
export function attributeWait(
  obligation: OpenObligation,
  outage: Outage,
  history: AlignedHistory,
  sources: CauseSources,
): Attribution | null {
  const intervals = waitIntervals(obligation, outage.serviceableFromMs)
  if (intervals === undefined) {
    const cause =
      unpolledQueue(obligation, history, sources.record) ??
      openActivity(obligation, outage, history, sources.record)
    if (cause === undefined) return null
    return { cause: inWords(cause, undefined, history, sources.sdks), waitedMs: {}, queuedMs: 0 }
  }
  if (totalMs(intervals) < negligibleMs) return null
  const waits = waitsOf(obligation, outage, history, sources)
  const shares = sharesOf(waits, intervals)
  const restMs = restOf(shares, intervals)
  const queuedMs = queuedOf(obligation, waits, intervals[0], sources.usualWaits)
  const isAllQueued = totalMs(intervals) - queuedMs < negligibleMs
  const longest = shares.find(({ wait }) => isAllQueued || wait.isUsual !== true)
  return {
    cause: inWords(causeOf(longest, restMs), obligation.attempts, history, sources.sdks),
    waitedMs: byName(shares, restMs),
    queuedMs,
  }
}

/** Waiting for a slot as before the fault, or as long as without one. Timeouts and absences never count. */
function queuedOf(
  { attempts }: OpenObligation,
  waits: readonly Wait[],
  untilTaken: WaitInterval,
  usualWaits: UsualWaits,
): number {
  if (attempts === undefined) return 0
  const shares = sharesOf(waits, [untilTaken])
  const ms = (of: readonly Share[]) => of.reduce((sum, share) => sum + share.ms, 0)
  const usualMs = ms(shares.filter(({ wait }) => wait.isUsual))
  const unexplainedMs = restOf(shares, [untilTaken])
  const withoutFaultMs = usualWaits.get(activityType(attempts.scheduled)) ?? 0
  if (withoutFaultMs < negligibleMs) return usualMs
  const slotsMs = ms(shares.filter(({ wait }) => wait.name === slotWaitName))
  return Math.max(usualMs, Math.min(withoutFaultMs, slotsMs + unexplainedMs))
}

function restOf(shares: readonly Share[], intervals: readonly WaitInterval[]): number {
  return Math.max(0, totalMs(intervals) - shares.reduce((sum, { ms }) => sum + ms, 0))
}

/** Slots are a setting of the activity's own workers, all others of the workflow and its workers. */
function inWords(
  cause: Cause,
  attempts: ActivityAttempts | undefined,
  history: AlignedHistory,
  sdks: WorkerSdks,
): Cause {
  const { setting } = cause
  if (setting === null) return cause
  const isSlots = setting === slotSetting && attempts !== undefined
  const queue = isSlots ? activityQueue(attempts.scheduled, history) : history.taskQueue
  return { ...cause, setting: settingIn(sdks.nameOn(queue), setting) }
}

function waitsOf(
  obligation: OpenObligation,
  outage: Outage,
  history: AlignedHistory,
  { record, executions, slots, stickyMs }: CauseSources,
): Wait[] {
  const { attempts, dueMs } = obligation
  const absence = workerAbsence(outage, record)
  const fromMs = Math.max(dueMs, outage.serviceableFromMs)
  const backMs = Math.max(fromMs, ...absence.map(({ untilMs }) => untilMs))
  const tookAtOnce = absence.some(
    ({ untilMs }) => Math.abs((attempts?.takenMs ?? Infinity) - untilMs) < negligibleMs,
  )
  // A timeout whose length is not known explains nothing about work that was taken as soon as a worker was ready.
  const tried = (attempts === undefined ? [] : attemptWaits(attempts, fromMs, backMs)).filter(
    ({ setting, eachMs }) => !tookAtOnce || setting === null || eachMs !== Infinity,
  )
  return [
    ...workflowTaskTimeouts(history, outage, stickyMs),
    ...failedWorkflowTasks(history),
    ...tried,
    ...(attempts?.identity === undefined
      ? []
      : slotWaits(
          attempts.identity,
          {
            fromMs: tried.at(-1)?.untilMs ?? history.at(attempts.scheduled),
            untilMs: attempts.takenMs,
          },
          { outage, executions, slots: slots.get(activityQueue(attempts.scheduled, history)) },
        )),
    ...lateTimer(obligation),
    ...workflowCode(obligation, history),
    ...absence,
    ...pollBackoffs(outage, history, record),
  ]
}

/** A cause with a setting shows its full length; any other shows how long the obligation waited for it. */
function causeOf(longest: Share | undefined, restMs: number): Cause {
  if (longest === undefined || longest.ms <= restMs) {
    return { name: dispatch, setting: null, observedMs: restMs }
  }
  const { ms, wait } = longest
  const { name, setting, fromMs, untilMs, eachMs = Infinity, detail } = wait
  const observedMs = setting === null ? ms : Math.min(untilMs - fromMs, eachMs)
  return { name, setting, observedMs, ...(detail === undefined ? {} : { detail }) }
}

const dispatch = 'dispatch'

function byName(shares: readonly Share[], restMs: number): Record<string, number> {
  const sums: Record<string, number> = {}
  const all = [...shares.map(({ wait, ms }) => ({ name: wait.name, ms })), { name: dispatch, ms: restMs }]
  for (const { name, ms } of all) sums[name] = (sums[name] ?? 0) + ms
  return Object.fromEntries(Object.entries(sums).filter(([, ms]) => ms >= 1))
}
