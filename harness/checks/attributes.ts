// Memo and search attributes belong to a workflow's state. The history says what they are; the service must say the same.
import { memoOf, searchAttributesOf } from '../history/attributes.ts'
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

function text(data: string | undefined): string {
  return data === undefined ? 'not there' : Buffer.from(data, 'base64').toString()
}
