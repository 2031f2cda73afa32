import { textAttribute, type HistoryEvent } from './event.ts'
import { updateIdOf } from './update-id.ts'

/** The id of the signal or update that an event accepts; undefined for any other event. */
export function messageIdOf(event: HistoryEvent): string | undefined {
  if (event.eventType === 'EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED') return textAttribute(event, 'requestId')
  return updateIdOf(event)
}

/** The name of the signal or update that such an event accepts. */
export function messageNameOf(event: HistoryEvent): string | undefined {
  if (event.eventType === 'EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED') return textAttribute(event, 'signalName')
  return textAttribute(event, 'acceptedRequest', 'input', 'name')
}
