// Finds the workflow task that consumed an event: the first completed task that was started after the event.
// An event alone settles nothing.
import { eventNumber, linkedEvent, type HistoryEvent } from './event.ts'

export interface CompletedTask {
  readonly started: HistoryEvent
  readonly completed: HistoryEvent
}

/** The workflow task that consumed an event; undefined if none has yet. */
export function consumedBy(event: HistoryEvent, events: readonly HistoryEvent[]): CompletedTask | undefined {
  for (const completed of events) {
    if (completed.eventType !== 'EVENT_TYPE_WORKFLOW_TASK_COMPLETED') continue
    const started = linkedEvent(completed, 'startedEventId', events)
    if (started !== undefined && eventNumber(started) > eventNumber(event)) return { started, completed }
  }
  return undefined
}
