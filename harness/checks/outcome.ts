// The end of a workflow, compared with the ends that are allowed.
import { isDeepStrictEqual } from 'node:util'
import type { RunRecord } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'
import type { WorkflowChain } from '../analysis/workflow-chain.ts'
import type { Outcome } from '../record/timeline/outcome.ts'

/** The scenario's last word, else that of the workload; empty if neither names an outcome. */
export function expectedOutcomes(
  { root, golden }: WorkflowChain,
  { timeline }: RunRecord,
): readonly Outcome[] {
  const said = entriesOf(timeline, 'expected').findLast(({ runId }) => runId === root.runId)
  return said?.outcomes ?? golden.outcomes
}

/** The expected outcome that a workflow reached; undefined if it is open, reached another one, or is unreadable. */
export function matchedOutcome(chain: WorkflowChain, record: RunRecord): Outcome | undefined {
  return matchedOutcomes(chain, record)[0]
}

/** All expected outcomes that are what a workflow reached: they differ in their effects only. */
export function matchedOutcomes(chain: WorkflowChain, record: RunRecord): Outcome[] {
  const actual = outcomeOf(chain)
  if (actual === undefined) return []
  const isReadable = chain.closingPayload?.kind !== 'unreadable'
  return expectedOutcomes(chain, record).filter((one) =>
    mayHaveAnyValue(one)
      ? one.status === actual.status
      : isReadable && isDeepStrictEqual(withoutEffects(one), actual),
  )
}

/** Then its status alone decides, also of an end that nobody can read. */
export function mayHaveAnyValue(outcome: Outcome): boolean {
  return 'anyValue' in outcome && outcome.anyValue === true
}

/** Why nobody can tell whether the workflow reached an expected outcome; undefined if its outcome is readable. */
export function whyUnreadable(chain: WorkflowChain, record: RunRecord): string | undefined {
  const { closingPayload, workflowId } = chain
  if (closingPayload?.kind !== 'unreadable' || matchedOutcomes(chain, record).length > 0) return undefined
  const status = outcomeOf(chain)?.status
  // Another status than all expected ones is wrong, whatever the payload says.
  if (expectedOutcomes(chain, record).every((one) => one.status !== status)) return undefined
  return `what ${workflowId} ended with cannot be read: ${closingPayload.why}`
}

/** JSON leaves out an undefined result, so both sides pass through JSON. */
function withoutEffects({ effects: _effects, ...outcome }: Outcome): Outcome {
  return outcome.status === 'completed' ? { status: 'completed', result: outcome.result } : outcome
}

/** Undefined if the workflow is open, or its closing event does not end a chain. */
export function outcomeOf({ closing, closingPayload: payload }: WorkflowChain): Outcome | undefined {
  if (closing === undefined) return undefined
  switch (closing.eventType) {
    case 'EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED':
      return { status: 'completed', result: payload?.kind === 'result' ? payload.value : undefined }
    case 'EVENT_TYPE_WORKFLOW_EXECUTION_FAILED':
      return { status: 'failed', message: payload?.kind === 'failure' ? payload.message : '(unreadable)' }
    case 'EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED':
      return { status: 'canceled' }
    case 'EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED':
      return { status: 'terminated' }
    case 'EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT':
      return { status: 'timed-out' }
    default:
      return undefined
  }
}
