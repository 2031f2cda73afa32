// Names the cause of a wait: the longest that the record shows, with its setting and its *observed* length. The
// time without any such reason is `dispatch`, what server and worker themselves take.
import { textAttribute } from '../../history/event.ts'
import type { RunRecord } from '../../record/record.ts'
import type { Cause } from '../../result/campaign-result.ts'
import type { AlignedHistory } from '../aligned-history.ts'
import { totalMs, waitIntervals, type ActivityAttempts, type OpenObligation } from '../open-obligation.ts'
import type { Outage } from '../outages.ts'
import { workerSdksOf, type WorkerSdks } from '../worker-sdks.ts'
import { attemptWaits } from './activity-attempts.ts'
import { executionsOf, slotSetting, slotWait, type Execution } from './activity-slots.ts'
import { failedWorkflowTasks } from './failed-workflow-tasks.ts'
import { lateTimer } from './late-timers.ts'
import { pollBackoffs } from './poll-backoff.ts'
import { settingIn } from './setting-names.ts'
import { sharesOf, type Share } from './shares.ts'
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
}

export function causeSources(record: RunRecord, histories: readonly AlignedHistory[]): CauseSources {
  return {
    record,
    executions: executionsOf(histories),
    stickyMs: stickyTimeoutMs(record, histories),
    sdks: workerSdksOf(histories),
  }
}

export interface Attribution {
  readonly cause: Cause
  /** How long the obligation waited for each cause, in milliseconds by name, without negligible ones. */
  readonly waitedMs: Readonly<Record<string, number>>
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
    const cause = unpolledQueue(obligation, history, sources.record)
    return cause === undefined ? null : { cause, waitedMs: {} }
  }
  if (totalMs(intervals) < negligibleMs) return null
  const shares = sharesOf(waitsOf(obligation, outage, history, sources), intervals)
  const restMs = Math.max(0, totalMs(intervals) - shares.reduce((sum, { ms }) => sum + ms, 0))
  const cause = causeOf(shares[0], restMs)
  return {
    cause: inWords(cause, obligation.attempts, history.taskQueue, sources.sdks),
    waitedMs: byName(shares, restMs),
  }
}

/** Slots are a setting of the workers on the activity's own queue, all others of the workflow and its workers. */
function inWords(
  cause: Cause,
  attempts: ActivityAttempts | undefined,
  taskQueue: string | undefined,
  sdks: WorkerSdks,
): Cause {
  const { setting } = cause
  if (setting === null) return cause
  const ofActivity = attempts && textAttribute(attempts.scheduled, 'taskQueue', 'name')
  const queue = setting === slotSetting ? (ofActivity ?? taskQueue) : taskQueue
  return { ...cause, setting: settingIn(sdks.nameOn(queue), setting) }
}

function waitsOf(
  obligation: OpenObligation,
  outage: Outage,
  history: AlignedHistory,
  { record, executions, stickyMs }: CauseSources,
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
      : slotWait(
          attempts.identity,
          { fromMs: tried.at(-1)?.untilMs ?? history.at(attempts.scheduled), takenMs: attempts.takenMs },
          executions,
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
