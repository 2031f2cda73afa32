import type { RunRecord } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'
import type { ProbeResult } from '../result/probe-result.ts'

/** Leaves out probes during which another fault struck, since they say nothing about the heal before them. */
export function probeResults({ timeline }: RunRecord): ProbeResult[] {
  const faults = entriesOf(timeline, 'fault')
  return entriesOf(timeline, 'probe')
    .filter(({ askedMs, atMs: answeredMs }) =>
      faults.every(({ atMs }) => atMs < askedMs || atMs > answeredMs),
    )
    .map(({ faultIndex, probe, askedMs, atMs }) => ({ faultIndex, probe, askedMs, waitedMs: atMs - askedMs }))
}

/** The workflow runs that the harness itself started to probe with: what becomes of them is judged by the probes. */
export function probeRunIds({ timeline }: RunRecord): string[] {
  return entriesOf(timeline, 'workflow')
    .filter(({ origin }) => origin === 'probe')
    .map(({ runId }) => runId)
}
