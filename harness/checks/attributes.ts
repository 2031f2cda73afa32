// Memo and search attributes belong to a workflow's state. The history says what they are; the service must say the same.
import { eventAttributes, fieldIn, type HistoryEvent } from '../history/event.ts'
import { observationsOf } from '../record/record.ts'
import { checkedIf, findings, type Check } from './check.ts'

export const attributes: Check = {
  name: 'attributes',
  promise: 'Memo and search attributes of every workflow are those that its history says.',
  about: ['search attributes', 'memo'],
  judge({ record, historyOf }) {
    const described = observationsOf(record, 'execution').filter(({ source }) => source === 'describe')
    const compared = described.flatMap(({ workflowId, runId, memo, searchAttributes }) => {
      const events = historyOf(runId)?.events ?? []
      const of = `${workflowId} (run ${runId})`
      return [
        ...Object.entries(memoOf(events)).map(([key, data]) => ({
          what: `memo ${key} of ${of}`,
          data,
          now: memo[key],
        })),
        ...Object.entries(searchAttributesOf(events)).map(([key, data]) => ({
          what: `search attribute ${key} of ${of}`,
          data,
          now: searchAttributes[key],
        })),
      ]
    })
    const wrong = compared
      .filter(({ data, now }) => data !== now)
      .map(({ what, data, now }) => `${what} is ${text(now)}, and by its history ${text(data)}`)
    return checkedIf(compared, findings('safety', wrong), 'no workflow has a memo or search attributes')
  },
}

type Data = Readonly<Record<string, string>>

function memoOf(events: readonly HistoryEvent[]): Data {
  return merged(events, [
    ['EVENT_TYPE_WORKFLOW_EXECUTION_STARTED', ['memo', 'fields']],
    ['EVENT_TYPE_WORKFLOW_PROPERTIES_MODIFIED', ['upsertedMemo', 'fields']],
  ])
}

function searchAttributesOf(events: readonly HistoryEvent[]): Data {
  const path = ['searchAttributes', 'indexedFields']
  return merged(events, [
    ['EVENT_TYPE_WORKFLOW_EXECUTION_STARTED', path],
    ['EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES', path],
  ])
}

/** The last value of each key. One that is unset again is left out: the service may show it as empty or not at all. */
function merged(
  events: readonly HistoryEvent[],
  sources: readonly (readonly [type: string, path: readonly string[]])[],
): Data {
  const values = new Map<string, string>()
  for (const event of events) {
    const path = sources.find(([type]) => type === event.eventType)?.[1]
    const fields = path === undefined ? undefined : fieldIn(eventAttributes(event), ...path)
    for (const [key, payload] of Object.entries(fields ?? {})) {
      const data = fieldIn(payload, 'data')
      if (typeof data === 'string' && !unset.has(data)) values.set(key, data)
      else values.delete(key)
    }
  }
  return Object.fromEntries(values)
}

/** Nothing, `null` and `[]` in base64. */
const unset = new Set(['', 'bnVsbA==', 'W10='])

function text(data: string | undefined): string {
  return data === undefined ? 'not there' : Buffer.from(data, 'base64').toString()
}
