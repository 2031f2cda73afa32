// The end of a workflow, compared with the ends that are allowed.
import { isDeepStrictEqual } from 'node:util'
import { defaultPayloadConverter } from '@temporalio/common'
import { JSONToPayload, type JSONPayload } from '@temporalio/common/lib/proto-utils.js'
import { eventAttributes, fieldIn, textAttribute, type HistoryEvent } from '../history/event.ts'
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

/** The expected outcome that a workflow reached; undefined if it is open or reached another one. */
export function matchedOutcome(chain: WorkflowChain, record: RunRecord): Outcome | undefined {
  const actual = chain.closing === undefined ? undefined : outcomeOf(chain.closing)
  if (actual === undefined) return undefined
  return expectedOutcomes(chain, record).find((one) => isDeepStrictEqual(withoutEffects(one), actual))
}

/** JSON leaves out an undefined result, so both sides pass through JSON. */
function withoutEffects({ effects: _effects, ...outcome }: Outcome): Outcome {
  return outcome.status === 'completed' ? { status: 'completed', result: outcome.result } : outcome
}

/** Undefined for an event that does not end a chain. */
export function outcomeOf(closing: HistoryEvent): Outcome | undefined {
  switch (closing.eventType) {
    case 'EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED':
      return { status: 'completed', result: resultOf(closing) }
    case 'EVENT_TYPE_WORKFLOW_EXECUTION_FAILED':
      return { status: 'failed', message: textAttribute(closing, 'failure', 'message') ?? '' }
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

function resultOf(closing: HistoryEvent): unknown {
  const payloads = fieldIn(eventAttributes(closing), 'result', 'payloads')
  if (!Array.isArray(payloads) || payloads.length === 0) return undefined
  return defaultPayloadConverter.fromPayload(JSONToPayload(payloads[0] as JSONPayload))
}
