// Memo and search attributes of a run, as its history says them. The data of each payload is base64.
import { eventAttributes, fieldIn, type HistoryEvent } from './event.ts'

/** By the key; a key that was unset again is left out. */
export type PayloadData = Readonly<Record<string, string>>

export function memoOf(events: readonly HistoryEvent[]): PayloadData {
  return merged(events, [
    ['EVENT_TYPE_WORKFLOW_EXECUTION_STARTED', ['memo', 'fields']],
    ['EVENT_TYPE_WORKFLOW_PROPERTIES_MODIFIED', ['upsertedMemo', 'fields']],
  ])
}

export function searchAttributesOf(events: readonly HistoryEvent[]): PayloadData {
  const path = ['searchAttributes', 'indexedFields']
  return merged(events, [
    ['EVENT_TYPE_WORKFLOW_EXECUTION_STARTED', path],
    ['EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES', path],
  ])
}

/** The last value of each key. Unset ones are left out: the service shows them as empty, or not at all. */
function merged(
  events: readonly HistoryEvent[],
  sources: readonly (readonly [type: string, path: readonly string[]])[],
): PayloadData {
  const values = new Map<string, string>()
  for (const event of events) {
    const path = sources.find(([type]) => type === event.eventType)?.[1]
    const fields = path === undefined ? undefined : fieldIn(eventAttributes(event), ...path)
    for (const [key, payload] of Object.entries(fields ?? {})) {
      const data = fieldIn(payload, 'data')
      if (typeof data === 'string' && !isUnset(data)) values.set(key, data)
      else values.delete(key)
    }
  }
  return Object.fromEntries(values)
}

/** Nothing, `null` and `[]` in base64. */
const unset = new Set(['', 'bnVsbA==', 'W10='])

/** Whether a value was unset again, or never set. */
export function isUnset(data: string | undefined): boolean {
  return data === undefined || unset.has(data)
}
