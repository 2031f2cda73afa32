// A run's history placed on the run's own clock.
import type { HistoryEvent } from '../history/event.ts'
import { finalHistory, type RunRecord } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'
import { virtualClockOf } from '../history/virtual-time.ts'

export interface AlignedHistory {
  readonly workflowId: string
  readonly runId: string
  readonly events: readonly HistoryEvent[]
  /** Milliseconds from the run's start, by the server's own timestamp, without what it had skipped of the workflow's time. */
  at(event: HistoryEvent): number
  /** The same by the workflow's own clock, with what was skipped: what durations in a history are counted by. */
  virtualAt(event: HistoryEvent): number
  /** When the workflow's own clock came to show this: the instant of the skip where one led past it. */
  reachedAt(virtualMs: number): number
}

/** The final histories of all workflows of a record. */
export function alignedHistories(record: RunRecord): AlignedHistory[] {
  const zeroMs = record.header.wallAtZeroMs
  return entriesOf(record.timeline, 'workflow').map(({ workflowId, runId }) => {
    const events = finalHistory(record, runId)
    const clock = virtualClockOf(events)
    return {
      workflowId,
      runId,
      events,
      at: (event) => clock.wallMs(event) - zeroMs,
      virtualAt: (event) => clock.virtualMs(event) - zeroMs,
      reachedAt: (virtualMs) => clock.wallWhenMs(virtualMs + zeroMs) - zeroMs,
    }
  })
}
