// The outages of a run: from the instant before a fault was injected until its target is ready again.
import type { RunRecord } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'
import type { FaultResult } from '../result/campaign-result.ts'

/** A fault with its evidence; how long its outage lasted is not known from it alone. */
export type InjectedFault = Omit<FaultResult, 'outageMs'>

/** An attempt of an activity that the server counted as running right after a strike. */
export interface RunningActivity {
  /** Number of the fault, from 1. */
  readonly faultIndex: number
  readonly runId: string
  readonly activityId: string
  readonly startedMs: number
  /** Its last heartbeat; null where it sent none. */
  readonly heartbeatMs: number | null
}

export interface Outage {
  readonly fault: InjectedFault
  /** Number of the fault, from 1. */
  readonly faultIndex: number
  /** `t0`: the instant before the injection. */
  readonly fromMs: number
  /** The target was ready again; Infinity where it never was. */
  readonly untilMs: number
  /**
   * From when on what is owed can be met. For a worker that is t0: to be there is its supervisor's task. How long a
   * service stays away is the scenario's choice, so it is once every service that was down serves again.
   */
  readonly serviceableFromMs: number
  /** Server or database were struck; the workers lived on. */
  readonly isOfService: boolean
  /** Another incarnation of the worker was up all along. */
  readonly hadStandby: boolean
  /** As this strike found them, and those after it. */
  readonly running: readonly RunningActivity[]
}

/** The faults of a record, with their evidence. */
function faultsOf(record: RunRecord): InjectedFault[] {
  const confirmed = entriesOf(record.timeline, 'fault-confirmed')
  return entriesOf(record.timeline, 'fault').map(({ fault, faultKind, target, effect, atMs }) => {
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

/** Every fault of a record as an outage: it ends when its target serves again, or the worker's next incarnation is ready. */
export function outagesOf(record: RunRecord): Outage[] {
  const { timeline } = record
  const serving = entriesOf(timeline, 'serving')
  const incarnations = entriesOf(timeline, 'incarnation')
  const exits = entriesOf(timeline, 'exited')
  const running = runningActivitiesOf(record)
  const outages = faultsOf(record).map((fault, index) => {
    const isAfter = ({ atMs }: { readonly atMs: number }) => atMs > fault.startedAtMs
    const injected = incarnations.find(({ identity }) => identity === fault.target.name)
    const own = serving.filter((entry) => isAfter(entry) && entry.target === fault.target.name)
    const next = incarnations.filter(
      (entry) => isAfter(entry) && entry.phase === 'ready' && entry.worker === injected?.worker,
    )
    const hadStandby = incarnations.some(
      ({ phase, atMs, worker, identity }) =>
        phase === 'ready' &&
        atMs < fault.startedAtMs &&
        worker === injected?.worker &&
        identity !== fault.target.name &&
        !exits.some((exit) => exit.identity === identity && exit.atMs < fault.startedAtMs),
    )
    const ends = [...own, ...next].map(({ atMs }) => atMs)
    // Another incarnation was up beside it: there was somebody to take the work all along.
    if (hadStandby) ends.push(fault.confirmedAtMs ?? fault.startedAtMs)
    const untilMs = Math.min(Infinity, ...ends)
    const faultIndex = index + 1
    return {
      fault,
      faultIndex,
      fromMs: fault.startedAtMs,
      untilMs,
      hadStandby,
      isOfService: fault.target.kind === 'service',
    }
  })
  return outages.map((outage) => {
    const { faultIndex, fromMs, untilMs } = outage
    const background = outages.filter(
      (other) => other.isOfService && other.fromMs < untilMs && other.untilMs > fromMs,
    )
    const serviceableFromMs = Math.max(fromMs, ...background.map((other) => other.untilMs))
    // Where a service never came back nothing was settled either: there is no figure to spoil.
    return {
      ...outage,
      serviceableFromMs: Number.isFinite(serviceableFromMs) ? serviceableFromMs : fromMs,
      running: running.filter((one) => one.faultIndex >= faultIndex),
    }
  })
}

function runningActivitiesOf({ timeline, header }: RunRecord): RunningActivity[] {
  return entriesOf(timeline, 'running-activity').map((entry) => ({
    faultIndex: entry.faultIndex,
    runId: entry.runId,
    activityId: entry.activityId,
    startedMs: entry.startedWallMs - header.wallAtZeroMs,
    heartbeatMs: entry.heartbeatWallMs === null ? null : entry.heartbeatWallMs - header.wallAtZeroMs,
  }))
}

/** The faults of a record as reports show them. */
export function faultResults(outages: readonly Outage[]): FaultResult[] {
  return outages.map(({ fault, fromMs, untilMs }) => ({
    ...fault,
    outageMs: Number.isFinite(untilMs) ? untilMs - fromMs : null,
  }))
}
