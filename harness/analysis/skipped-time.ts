// How much of its workflows' time the server skipped in a run.
import { skippedMsIn } from '../history/virtual-time.ts'
import { observationsOf, type RunRecord } from '../record/record.ts'

/** What the server skipped in a run of a scenario, all its workflows together; 0 where time was real. */
export function skippedMsOf(record: RunRecord): number {
  return observationsOf(record, 'history').reduce((sum, { events }) => sum + skippedMsIn(events), 0)
}
