// Which workflow of the harness each run belongs to: its later runs and its children have it as their root.
import type { RunRecord } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'

/** By run id, the run that the harness started. */
export function rootsOf({ timeline }: RunRecord): ReadonlyMap<string, string> {
  const startedBy = new Map(
    entriesOf(timeline, 'workflow').map(({ runId, fromRunId }) => [runId, fromRunId] as const),
  )
  const roots = new Map<string, string>()
  // A run is recorded after the one that started it.
  for (const [runId, fromRunId] of startedBy) {
    roots.set(runId, fromRunId === null ? runId : (roots.get(fromRunId) ?? fromRunId))
  }
  return roots
}
