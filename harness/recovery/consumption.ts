// When workflow code has consumed what an event brought: by the first completed workflow task that was started
// after it. An event alone settles nothing.
import { eventNumber, textAttribute, type HistoryEvent } from '../record/history-event.ts'
import type { PlacedHistory } from './placed.ts'

export interface Consumption {
  /** When that workflow task was started; null where there is none. */
  readonly startedMs: number | null
  readonly settledMs: number | null
  readonly settledBy: HistoryEvent | undefined
}

export const notConsumed: Consumption = { startedMs: null, settledMs: null, settledBy: undefined }

export function consumptionOf(event: HistoryEvent, { events, at }: PlacedHistory): Consumption {
  const task = consumedBy(event, events)
  return task === undefined
    ? notConsumed
    : { startedMs: at(task.started), settledMs: at(task.completed), settledBy: task.completed }
}

export interface CompletedTask {
  readonly started: HistoryEvent
  readonly completed: HistoryEvent
}

/** The workflow task that saw an event and was completed; undefined while there is none. */
export function consumedBy(event: HistoryEvent, events: readonly HistoryEvent[]): CompletedTask | undefined {
  for (const completed of events) {
    if (completed.eventType !== 'EVENT_TYPE_WORKFLOW_TASK_COMPLETED') continue
    const started = events.find(({ eventId }) => eventId === textAttribute(completed, 'startedEventId'))
    if (started !== undefined && eventNumber(started) > eventNumber(event)) return { started, completed }
  }
  return undefined
}
