// Which workflow task has consumed what an event brought: the first completed one that was started after it. An event
// alone settles nothing.
import { eventNumber, textAttribute, type HistoryEvent } from './event.ts'

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
