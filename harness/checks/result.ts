// Every workflow must come to what it comes to without faults.
import { eventAttributes, eventName } from '../history/event.ts'
import type { RunRecord } from '../record/record.ts'
import { workflowChains, type WorkflowChain } from '../analysis/workflow-chain.ts'
import { findings, type Check } from './check.ts'
import { expectedOutcomes, matchedOutcome, outcomeOf } from './outcome.ts'

const name = 'result'

export const result: Check = {
  name,
  find(record) {
    const closed = workflowChains(record).filter(({ closing }) => closing !== undefined)
    const unsaid = closed.filter((chain) => expectedOutcomes(chain, record).length === 0)
    return [
      ...findings(
        name,
        'safety',
        closed.filter((chain) => !unsaid.includes(chain)).flatMap((chain) => whyWrong(chain, record)),
      ),
      ...findings(
        name,
        'harness',
        unsaid.map(
          ({ workflowId }) => `nobody said what ${workflowId} must come to: its result was not checked`,
        ),
      ),
    ]
  },
}

function whyWrong(chain: WorkflowChain, record: RunRecord): string[] {
  const { workflowId, closing } = chain
  if (closing === undefined || matchedOutcome(chain, record) !== undefined) return []
  const actual = outcomeOf(closing)
  if (actual === undefined) {
    return [`${workflowId} ended with ${eventName(closing)}: ${JSON.stringify(eventAttributes(closing))}`]
  }
  const wanted = expectedOutcomes(chain, record).map(({ effects: _effects, ...outcome }) =>
    JSON.stringify(outcome),
  )
  return [`${workflowId} came to ${JSON.stringify(actual)}, not ${wanted.join(' or ')}`]
}
