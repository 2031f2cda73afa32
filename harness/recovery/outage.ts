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

/** Every fault of a record as an outage: it ends when its target serves again, or the worker's next incarnation is ready. */
export function outagesOf(record: RunRecord): Outage[] {
  const { timeline } = record
  const serving = entriesOf(timeline, 'serving')
  const incarnations = entriesOf(timeline, 'incarnation')
  return faultsOf(record).map((fault) => {
    const isAfter = ({ atMs }: { readonly atMs: number }) => atMs > fault.startedAtMs
    const struck = incarnations.find(({ identity }) => identity === fault.target)
    const own = serving.filter((entry) => isAfter(entry) && entry.target === fault.target)
    const next = incarnations.filter(
      (entry) => isAfter(entry) && entry.phase === 'ready' && entry.worker === struck?.worker,
    )
    const ends = [...own, ...next].map(({ atMs }) => atMs)
    return { fault, fromMs: fault.startedAtMs, untilMs: Math.min(Infinity, ...ends) }
  })
}
