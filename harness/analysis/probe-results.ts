// The probes of a record with what each waited.
import type { RunRecord } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'
import type { ProbeResult } from '../result/campaign-result.ts'

/** Left out are those that another fault struck while they were under way: they say nothing about the heal before. */
export function probeResults({ timeline }: RunRecord): ProbeResult[] {
  const faults = entriesOf(timeline, 'fault')
  return entriesOf(timeline, 'probe')
    .filter(({ askedMs, atMs: answeredMs }) =>
      faults.every(({ atMs }) => atMs < askedMs || atMs > answeredMs),
    )
    .map(({ faultIndex, probe, askedMs, atMs }) => ({ faultIndex, probe, waitedMs: atMs - askedMs }))
}
