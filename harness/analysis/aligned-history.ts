// The final history of one run of a workflow, placed on the clock of the chaos run.
import { consumedBy } from '../history/consumed-by.ts'
import type { HistoryEvent } from '../history/event.ts'
import { spansOf, type Span } from '../history/span.ts'
import { skippedMsIn, virtualClockOf } from '../history/virtual-time.ts'
import { finalHistory, type RunRecord } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'

export interface AlignedHistory {
  readonly workflowId: string
  readonly runId: string
  readonly events: readonly HistoryEvent[]
  readonly spans: readonly Span[]
  /** What the server skipped of this run's time. */
  readonly skippedMs: number
  /** When the event happened, without the time that the server skipped. */
  at(event: HistoryEvent): number
  /** The same by the workflow's own clock, with the skipped time: durations in a history count by it. */
  virtualAt(event: HistoryEvent): number
  /** When the workflow's own clock came to show this time. If a skip led past it, that is the skip's instant. */
  reachedAt(virtualMs: number): number
}

/** One for every workflow run of the record, in the order in which they began; empty if it could not be read. */
export function alignedHistories(record: RunRecord): AlignedHistory[] {
  const zeroMs = record.header.wallAtZeroMs
  return entriesOf(record.timeline, 'workflow').map(({ workflowId, runId }) => {
    const events = finalHistory(record, runId)
    const clock = virtualClockOf(events)
    return {
      workflowId,
      runId,
      events,
      spans: spansOf(events),
      skippedMs: skippedMsIn(events),
      at: (event) => clock.wallMs(event) - zeroMs,
      virtualAt: (event) => clock.virtualMs(event) - zeroMs,
      reachedAt: (virtualMs) => clock.wallWhenMs(virtualMs + zeroMs) - zeroMs,
    }
  })
}

/** The workflow task in which workflow code saw what an event brought. */
export interface Consumption {
  /** When a worker was handed the task; null while none was. */
  readonly startedMs: number | null
  /** When the task was completed; null while it was not. */
  readonly settledMs: number | null
  readonly settledBy: HistoryEvent | undefined
}

export const notConsumed: Consumption = { startedMs: null, settledMs: null, settledBy: undefined }

export function consumptionOf(event: HistoryEvent, { events, at }: AlignedHistory): Consumption {
  const task = consumedBy(event, events)
  return task === undefined
    ? notConsumed
    : { startedMs: at(task.started), settledMs: at(task.completed), settledBy: task.completed }
}
