import { textAttribute, type HistoryEvent } from './event.ts'

/** The id of the update that an event accepts, as its client chose it; undefined for any other event. */
export function updateIdOf(event: HistoryEvent): string | undefined {
  if (event.eventType !== 'EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED') return undefined
  return textAttribute(event, 'acceptedRequest', 'meta', 'updateId')
}
