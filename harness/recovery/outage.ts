// The outages of a run: from the instant before a fault was injected until its target serves again.
import type { RunRecord } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'
import type { FaultResult } from '../record/timing.ts'

export interface Outage {
  readonly fault: FaultResult
  /** `t0`: the instant before the injection. */
  readonly fromMs: number
  /** A worker was ready again; Infinity where none ever was. */
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

/** Every fault of a record as an outage of the workers' side. */
export function outagesOf(record: RunRecord): Outage[] {
  const ready = entriesOf(record.timeline, 'incarnation').filter(({ phase }) => phase === 'ready')
  return faultsOf(record).map((fault) => ({
    fault,
    fromMs: fault.startedAtMs,
    untilMs: ready.find(({ atMs }) => atMs > fault.startedAtMs)?.atMs ?? Infinity,
  }))
}
