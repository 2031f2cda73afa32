// Memo and search attributes belong to a workflow's state. The history says what they are; the service must say the same.
import { isUnset, memoOf, searchAttributesOf, type PayloadData } from '../history/attributes.ts'
import { observationsOf } from '../record/record.ts'
import { checkedIf, findings, type Check } from './check.ts'
import { attributeText } from './same-attribute.ts'

export const attributes: Check = {
  name: 'attributes',
  promise: 'Memo and search attributes of every workflow are those that its history says.',
  about: ['search attributes', 'memo'],
  judge({ record, historyOf }) {
    const described = observationsOf(record, 'execution').filter(({ source }) => source === 'describe')
    const compared = described.flatMap(({ workflowId, runId, memo, searchAttributes }) => {
      const events = historyOf(runId)?.events ?? []
      if (events.length === 0) return []
      const of = `${workflowId} (run ${runId})`
      return [
        ...pairs('memo', of, memoOf(events), memo),
        ...pairs('search attribute', of, searchAttributesOf(events), searchAttributes),
      ]
    })
    const wrong = compared
      .filter(({ data, now }) => data !== now)
      .map(
        ({ what, data, now }) =>
          `${what} is ${attributeText(now)}, and by its history ${attributeText(data)}`,
      )
    return checkedIf(compared, findings('safety', wrong), 'no workflow has a memo or search attributes')
  },
}

/** Also what the service shows and no event ever set. */
function pairs(what: string, of: string, told: PayloadData, shown: PayloadData) {
  const added = Object.keys(shown).filter(
    (key) => !(key in told) && !isUnset(shown[key]) && !isServersOwn(key),
  )
  return [...Object.keys(told), ...added].map((key) => ({
    what: `${what} ${key} of ${of}`,
    data: told[key],
    now: shown[key],
  }))
}

/** The server notes these without an event. */
function isServersOwn(key: string): boolean {
  return key.startsWith('Temporal') || ['BatcherUser', 'BinaryChecksums', 'BuildIds'].includes(key)
}
