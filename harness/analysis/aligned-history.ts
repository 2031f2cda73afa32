// The final history of a workflow run, aligned to the clock of the chaos run.
import { serverZeroMs } from '../record/header.ts'
import { consumedBy } from '../history/consumed-by.ts'
import { textAttribute, type HistoryEvent } from '../history/event.ts'
import { spansOf, type Span } from '../history/span.ts'
import { skippedMsIn, virtualClockOf } from '../history/virtual-time.ts'
import { finalHistory, type RunRecord } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'

export interface AlignedHistory {
  readonly workflowId: string
  readonly runId: string
  /** Its workflow tasks go there; undefined if its first event could not be read. */
  readonly taskQueue: string | undefined
  readonly events: readonly HistoryEvent[]
  readonly spans: readonly Span[]
  /** The time that the server skipped for this run. */
  readonly skippedMs: number
  /** The event's time, without the time that the server skipped. */
  at(event: HistoryEvent): number
  /**
   * The event's time on the workflow's own clock, with the skipped time. Timers and timeouts follow this
   * clock.
   */
  virtualAt(event: HistoryEvent): number
  /** When the workflow's own clock reached this time. If a skip passed it, that is the time of the skip. */
  reachedAt(virtualMs: number): number
}

/**
 * One for every workflow run of the record, in the order of their starts; empty if a history could not be
 * read.
 */
export function alignedHistories(record: RunRecord): AlignedHistory[] {
  const zeroMs = serverZeroMs(record.header)
  return entriesOf(record.timeline, 'workflow').map(({ workflowId, runId }) => {
    const events = finalHistory(record, runId)
    const clock = virtualClockOf(events)
    return {
      workflowId,
      runId,
      taskQueue: taskQueueOf(events),
      events,
      spans: spansOf(events),
      skippedMs: skippedMsIn(events),
      at: (event) => clock.wallMs(event) - zeroMs,
      virtualAt: (event) => clock.virtualMs(event) - zeroMs,
      reachedAt: (virtualMs) => clock.wallWhenMs(virtualMs + zeroMs) - zeroMs,
    }
  })
}

function taskQueueOf([started]: readonly HistoryEvent[]): string | undefined {
  return started === undefined ? undefined : textAttribute(started, 'taskQueue', 'name')
}

/** An activity's task queue: its own, or its workflow's. @param scheduled undefined for other work */
export function activityQueue(
  scheduled: HistoryEvent | undefined,
  { taskQueue }: Pick<AlignedHistory, 'taskQueue'>,
): string | undefined {
  return (scheduled && textAttribute(scheduled, 'taskQueue', 'name')) ?? taskQueue
}

/** The workflow task in which workflow code consumed an event. */
export interface Consumption {
  /** When a worker was given the task; null if none was. */
  readonly startedMs: number | null
  /** When the task was completed; null if it was not. */
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
