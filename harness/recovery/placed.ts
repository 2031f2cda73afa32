// A run's history placed on the run's own clock.
import { eventWallMs, type HistoryEvent } from '../record/history-event.ts'
import { finalHistory, type RunRecord } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'

export interface PlacedHistory {
  readonly workflowId: string
  readonly runId: string
  readonly events: readonly HistoryEvent[]
  /** Milliseconds from the run's start, by the server's own timestamp. */
  at(event: HistoryEvent): number
}

/** The final histories of all workflows of a record. */
export function placedHistories(record: RunRecord): PlacedHistory[] {
  return entriesOf(record.timeline, 'workflow').map(({ workflowId, runId }) => ({
    workflowId,
    runId,
    events: finalHistory(record, runId),
    at: (event) => eventWallMs(event) - record.header.wallAtZeroMs,
  }))
}
