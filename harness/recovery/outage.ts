// The outages of a run: from the instant before a fault was injected until its target is ready again.
import type { RunRecord } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'
import type { FaultResult } from '../record/timing.ts'

export interface Outage {
  readonly fault: FaultResult
  /** `t0`: the instant before the injection. */
  readonly fromMs: number
  /** The target was ready again; Infinity where it never was. */
  readonly untilMs: number
}

/** The faults of a record, with their evidence. */
export function faultsOf(record: RunRecord): FaultResult[] {
  const confirmed = entriesOf(record.timeline, 'fault-confirmed')
  return entriesOf(record.timeline, 'fault').map(({ fault, name, target, atMs }) => {
    const proof = confirmed.find((entry) => entry.fault === fault)
    return {
      name,
      target,
      evidence: proof?.evidence ?? {},
      startedAtMs: atMs,
      confirmedAtMs: proof?.atMs ?? null,
    }
  })
}

/** Every fault of a record as an outage: it ends when its target serves again, or with the next incarnation. */
export function outagesOf(record: RunRecord): Outage[] {
  const incarnations = entriesOf(record.timeline, 'incarnation').filter(({ phase }) => phase === 'ready')
  const serving = entriesOf(record.timeline, 'serving')
  return faultsOf(record).map((fault) => {
    const own = serving.filter(({ target }) => target === fault.target)
    const ends = own.length > 0 ? own : incarnations
    const untilMs = ends.find(({ atMs }) => atMs > fault.startedAtMs)?.atMs ?? Infinity
    return { fault, fromMs: fault.startedAtMs, untilMs }
  })
}
