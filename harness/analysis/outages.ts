// The outages of a run. Each one lasts from just before a fault's injection until its target is ready again.
import { serverZeroMs } from '../record/header.ts'
import type { RunRecord } from '../record/record.ts'
import { entriesOf, type TimelineEntry } from '../record/timeline.ts'
import type { PolledQueue } from '../temporal/pollers.ts'
import type { FaultResult } from '../result/campaign-result.ts'
import { takesAll } from './queue-reach.ts'

/** A fault with its evidence, before the length of its outage is known. */
export type InjectedFault = Omit<FaultResult, 'outageMs'>

/** An activity attempt that the server listed as running right after a fault's injection. */
export interface RunningActivity {
  /** Number of the fault, from 1. */
  readonly faultIndex: number
  readonly runId: string
  readonly activityId: string
  readonly attempt: number
  readonly startedMs: number
  /** The attempt's last heartbeat; null if it sent none. */
  readonly heartbeatMs: number | null
}

/** The time during which a fault kept its target from work. */
interface Downtime {
  readonly fault: InjectedFault
  /** Number of the fault, from 1. */
  readonly faultIndex: number
  /** `t0`: the instant before the injection. */
  readonly fromMs: number
  /** When the target was ready again; Infinity if it never was. */
  readonly untilMs: number
  /** By which the service knows the pollers of the target; empty if the target is no worker. */
  readonly identities: readonly string[]
  /** When the target was started. A worker before it may have had the same identity. */
  readonly targetSinceMs: number
  /** The task queues that the target polls; null if the target is no worker, or if its queues are not known. */
  readonly taskQueues: readonly PolledQueue[] | null
  /** Whether the fault hit a service, and not a worker. */
  readonly isOfService: boolean
  /** Whether another incarnation, of this worker or of one with the same task queues, was ready throughout. */
  readonly hadStandby: boolean
}

export interface Outage extends Downtime {
  /**
   * The time from which obligations can be met. For a worker's fault it is t0, since its supervisor must
   * restart it. A service stays down as long as the scenario chooses, so it is when every service serves
   * again.
   */
  readonly serviceableFromMs: number
  /** The attempts that this fault or a later one found running. */
  readonly running: readonly RunningActivity[]
}

/** The attempts of one activity that this fault or a later one found running. */
export function runningAttempts(
  { running }: Outage,
  of: Pick<RunningActivity, 'runId' | 'activityId'>,
): readonly RunningActivity[] {
  return running.filter(({ runId, activityId }) => runId === of.runId && activityId === of.activityId)
}

/** One for every fault of the record, in the order of the faults. */
export function outagesOf(record: RunRecord): Outage[] {
  const running = runningActivitiesOf(record)
  const downtimes = faultsOf(record).map((fault, index) => downtimeOf(fault, index + 1, record.timeline))
  return downtimes.map((downtime) => ({
    ...downtime,
    serviceableFromMs: serviceableFrom(downtime, downtimes),
    running: running.filter(({ faultIndex }) => faultIndex >= downtime.faultIndex),
  }))
}

function faultsOf({ timeline }: RunRecord): InjectedFault[] {
  const confirmed = entriesOf(timeline, 'fault-confirmed')
  return entriesOf(timeline, 'fault').map(({ fault, faultKind, target, effect, atMs }) => {
    const proof = confirmed.find((entry) => entry.fault === fault)
    return {
      kind: faultKind,
      target,
      effect,
      evidence: proof?.evidence ?? {},
      startedAtMs: atMs,
      confirmedAtMs: proof?.atMs ?? null,
    }
  })
}

/** Ends when the target serves again, or when the worker's next incarnation is ready. */
function downtimeOf(fault: InjectedFault, faultIndex: number, timeline: readonly TimelineEntry[]): Downtime {
  const { target, startedAtMs, confirmedAtMs } = fault
  const incarnations = entriesOf(timeline, 'incarnation')
  const hit = incarnations.find(({ identity }) => target.kind === 'worker' && identity === target.name)
  const worker = hit?.worker
  const allReady = incarnations.filter(({ phase }) => phase === 'ready')
  const ready = allReady.filter((entry) => entry.worker === worker)
  const taskQueues = ready.find(({ identity }) => identity === target.name)?.taskQueues ?? null
  const hadStandby = allReady.some(
    (entry) =>
      entry.atMs < startedAtMs &&
      entry.identity !== target.name &&
      (entry.worker === worker || takesAll(entry.taskQueues, taskQueues)) &&
      !hasExited(entry.identity, startedAtMs, timeline),
  )
  const serving = entriesOf(timeline, 'serving').filter((entry) => entry.target === target.name)
  const returns = [...serving, ...ready].map(({ atMs }) => atMs).filter((atMs) => atMs > startedAtMs)
  // With another incarnation ready, somebody could take the work throughout.
  const ends = hadStandby ? [...returns, confirmedAtMs ?? startedAtMs] : returns
  return {
    fault,
    faultIndex,
    fromMs: startedAtMs,
    untilMs: Math.min(Infinity, ...ends),
    identities: identitiesOf(target.name, timeline),
    targetSinceMs: hit?.atMs ?? 0,
    taskQueues,
    isOfService: target.kind === 'service',
    hadStandby,
  }
}

/** Of the incarnation with this label. In records from before identities were learnt, workers polled by their label. */
function identitiesOf(label: string, timeline: readonly TimelineEntry[]): readonly string[] {
  const own = entriesOf(timeline, 'incarnation').filter(({ identity }) => identity === label)
  const learnt = own.flatMap(({ identities = [] }) => identities)
  return learnt.length === 0 ? own.slice(0, 1).map(({ identity }) => identity) : learnt
}

function hasExited(identity: string, beforeMs: number, timeline: readonly TimelineEntry[]): boolean {
  return entriesOf(timeline, 'exited').some((exit) => exit.identity === identity && exit.atMs < beforeMs)
}

function serviceableFrom({ fromMs, untilMs }: Downtime, all: readonly Downtime[]): number {
  const overlapping = all.filter(
    (other) => other.isOfService && other.fromMs < untilMs && other.untilMs > fromMs,
  )
  const latestMs = Math.max(fromMs, ...overlapping.map((other) => other.untilMs))
  // If a service never came back, nothing was settled either, so no figure depends on this value.
  return Number.isFinite(latestMs) ? latestMs : fromMs
}

function runningActivitiesOf({ timeline, header }: RunRecord): RunningActivity[] {
  return entriesOf(timeline, 'running-activity').map((entry) => ({
    faultIndex: entry.faultIndex,
    runId: entry.runId,
    activityId: entry.activityId,
    attempt: entry.attempt,
    startedMs: entry.startedWallMs - serverZeroMs(header),
    heartbeatMs: entry.heartbeatWallMs === null ? null : entry.heartbeatWallMs - serverZeroMs(header),
  }))
}

export function faultResults(outages: readonly Outage[]): FaultResult[] {
  return outages.map(({ fault, fromMs, untilMs }) => ({
    ...fault,
    outageMs: Number.isFinite(untilMs) ? untilMs - fromMs : null,
  }))
}
