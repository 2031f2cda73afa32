// The effects that workloads promise for a run: by their golden run, by the outcome that was reached, and by messages.
import type { RunAnalysis } from '../analysis/analyse.ts'
import { wasAccepted, type Message } from '../analysis/messages.ts'
import type { WorkflowChain } from '../analysis/workflow-chain.ts'
import { keyOf, type EffectPromise, type ExpectedEffect } from '../record/expected-effect.ts'
import { expectedOutcomes, matchedOutcomes } from './outcome.ts'

export interface OwedEffect {
  readonly key: string
  /** Null in records of earlier versions, which know nothing but the key. */
  readonly declared: ExpectedEffect | null
  /** The first run of the workflow that owes it. */
  readonly rootRunId: string
  readonly workflowId: string
  /** The message that causes it; null if the workflow's own course does. */
  readonly message: Message | null
  /** Whether the ledger must have accepted it by now. */
  readonly isDue: boolean
}

/** Whether the ledger may accept effects that nobody named, as of a user's own worker. */
export function mayHaveAnyEffects({ chains }: Pick<RunAnalysis, 'chains'>): boolean {
  return chains.some(({ golden }) => golden.anyEffects === true)
}

/** Every effect that the ledger may have accepted by now. */
export function owedEffects({ record, chains, messages }: RunAnalysis): OwedEffect[] {
  const closed = new Set(chains.filter(({ isOver }) => isOver).map(({ root }) => root.runId))
  return [
    ...chains.flatMap((chain) => [
      ...owedBy(chain, chain.golden.effects, chain.isOver && isCompleted(chain)),
      ...possibleOutcomes(chain, record).flatMap(({ effects, isReached }) =>
        owedBy(chain, effects, isReached),
      ),
    ]),
    // A message without an answer may have been accepted, and a failed one may have had effects before it failed.
    ...messages
      .filter((message) => wasAccepted(message) !== false)
      .flatMap((message) =>
        message.effects.map((promise) => ({
          ...owed(promise),
          rootRunId: message.runId,
          workflowId: message.workflowId,
          message,
          isDue: message.answer === 'accepted' && closed.has(message.runId),
        })),
      ),
  ]
}

function owedBy(
  { root, workflowId }: WorkflowChain,
  promises: readonly EffectPromise[],
  isDue: boolean,
): OwedEffect[] {
  return promises.map((promise) => ({
    ...owed(promise),
    rootRunId: root.runId,
    workflowId,
    message: null,
    isDue,
  }))
}

function owed(promise: EffectPromise): Pick<OwedEffect, 'key' | 'declared'> {
  return { key: keyOf(promise), declared: typeof promise === 'string' ? null : promise }
}

/**
 * Only what was reached, if that is known: then the effects of other outcomes were not asked for. If several outcomes
 * differ in their effects only, those of the first one are due.
 */
function possibleOutcomes(chain: WorkflowChain, record: RunAnalysis['record']) {
  const reached = matchedOutcomes(chain, record)
  const possible = reached.length === 0 ? expectedOutcomes(chain, record) : reached
  return possible.map((outcome) => ({ effects: outcome.effects ?? [], isReached: outcome === reached[0] }))
}

/** Any other end has the effects that its own outcome names. */
function isCompleted({ closing }: WorkflowChain): boolean {
  return closing?.eventType === 'EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED'
}
