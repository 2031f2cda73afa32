// Every workflow must end as it would end without faults.
import { eventAttributes, eventName } from '../history/event.ts'
import type { RunRecord } from '../record/record.ts'
import type { WorkflowChain } from '../analysis/workflow-chain.ts'
import { checked, findings, notChecked, type Check } from './check.ts'
import { expectedOutcomes, matchedOutcome, mayHaveAnyValue, outcomeOf, whyUnreadable } from './outcome.ts'

export const result: Check = {
  name: 'result',
  promise: 'Every workflow ends as it would end without faults.',
  about: ['outcome'],
  judge({ record, chains }) {
    const closed = chains.filter(({ closing }) => closing !== undefined)
    if (closed.length === 0) return notChecked('no workflow has closed')
    const isSaid = (chain: WorkflowChain) => expectedOutcomes(chain, record).length > 0
    const wrong = closed.filter(isSaid).flatMap((chain) => whyWrong(chain, record))
    if (wrong.length > 0) return checked(findings('safety', wrong))
    const [unreadable] = closed.flatMap((chain) => whyUnreadable(chain, record) ?? [])
    if (unreadable !== undefined) return notChecked(unreadable)
    const unsaid = closed.find((chain) => !isSaid(chain))
    return unsaid === undefined ? checked([]) : notChecked(`no outcome is expected of ${unsaid.workflowId}`)
  },
}

function whyWrong(chain: WorkflowChain, record: RunRecord): string[] {
  const { workflowId, closing } = chain
  if (closing === undefined || matchedOutcome(chain, record) !== undefined) return []
  if (whyUnreadable(chain, record) !== undefined) return []
  const actual = outcomeOf(chain)
  if (actual === undefined) {
    return [`${workflowId} ended with ${eventName(closing)}: ${JSON.stringify(eventAttributes(closing))}`]
  }
  const wanted = expectedOutcomes(chain, record).map(({ effects: _effects, ...outcome }) =>
    mayHaveAnyValue(outcome) ? `${outcome.status} with any value` : JSON.stringify(outcome),
  )
  return [`${workflowId} ended with ${JSON.stringify(actual)}, not ${wanted.join(' or ')}`]
}
