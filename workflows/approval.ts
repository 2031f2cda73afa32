// People decide by signals. Everything that the service accepted takes effect once and in order, however the
// workflow closes.
import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  defineQuery,
  proxyActivities,
  setHandler,
  workflowInfo,
  type ActivityOptions,
} from '@temporalio/workflow'
import type { Activities } from './activities.ts'
import { Ballot, type ApprovalOutcome, type ApprovalStatus } from './ballot.ts'
import { amend, decide, type Amended, type Amendment } from './decision.ts'

export interface ApprovalInput {
  /** The number of decisions needed; all of them must approve. */
  readonly needed: number
  /** @default 60_000 */
  readonly timeoutMs?: number
  /** The profile's activity options. */
  readonly activity: ActivityOptions
}

export interface ApprovalResult {
  readonly outcome: ApprovalOutcome
  /** The number of decisions that came in time. */
  readonly decisions: number
  readonly late: number
  readonly amount: number
}

export const status = defineQuery<ApprovalStatus>('status')

const defaultTimeoutMs = 600_000

export async function approval(input: ApprovalInput): Promise<ApprovalResult> {
  return runApproval(input, new Ballot(workflowInfo().workflowId, input.needed))
}

/** Runs an approval on the caller's ballot: the broken twin passes a broken one. */
export async function runApproval(input: ApprovalInput, ballot: Ballot): Promise<ApprovalResult> {
  const { timeoutMs = defaultTimeoutMs, activity } = input
  const { recordEffect } = proxyActivities<Activities>(activity)
  setHandler(status, () => ballot.status)
  setHandler(decide, (decision) => ballot.decide(decision))
  setHandler(amend, (amendment) => CancellationScope.nonCancellable(() => amending(amendment)), {
    validator(amendment: Amendment) {
      const objection = ballot.objectionTo(amendment)
      if (objection !== undefined) throw ApplicationFailure.nonRetryable(objection)
    },
  })

  async function amending(amendment: Amendment): Promise<Amended> {
    const { amended, effect } = ballot.amend(amendment)
    await recordEffect(effect)
    return amended
  }

  // A cancelled approval must still record the decisions that it accepted.
  const recorded = CancellationScope.nonCancellable(() => recordInOrder(ballot, recordEffect))
  try {
    await condition(() => !ballot.isOpen, timeoutMs)
    ballot.timeOut()
  } catch (cancelled) {
    ballot.cancel()
    throw cancelled
  } finally {
    await recorded
  }
  return resultOf(ballot.status)
}

/**
 * Runs until all is decided and recorded. If a signal comes while the workflow closes, the service rejects
 * the closing (`UnhandledCommand`) and repeats the task, which then finds the signal.
 */
async function recordInOrder(ballot: Ballot, record: Activities['recordEffect']): Promise<void> {
  const isSettled = () => !ballot.isOpen && !ballot.hasUnrecorded && allHandlersFinished()
  while (!isSettled()) {
    const effect = ballot.takeUnrecorded()
    if (effect === undefined) await condition(() => ballot.hasUnrecorded || isSettled())
    else await record(effect)
  }
}

function resultOf({ phase, decisions, amount }: ApprovalStatus): ApprovalResult {
  if (phase === 'open' || phase === 'canceled')
    throw ApplicationFailure.nonRetryable(`there is no outcome: ${phase}`)
  const late = decisions.filter((decision) => decision.late).length
  return { outcome: phase, decisions: decisions.length - late, late, amount }
}
