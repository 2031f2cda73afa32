// The id of the update that an event accepts: what its client gave it.
import { eventAttributes, type HistoryEvent } from './history-event.ts'

/** Undefined for any other event. */
export function updateIdOf(event: HistoryEvent): string | undefined {
  if (event.eventType !== 'EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED') return undefined
  const { acceptedRequest } = eventAttributes(event)
  const id = objectIn(objectIn(acceptedRequest, 'meta'), 'updateId')
  return typeof id === 'string' ? id : undefined
}

function objectIn(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}
