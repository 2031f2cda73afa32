// The messages that people send to an approval, and their effects. Workflow and scenarios share them.
import { defineSignal, defineUpdate } from '@temporalio/workflow'

export interface Decision {
  readonly decision: 'approve' | 'reject'
  readonly approver: string
  /** Counts this approver's decisions, from 1. */
  readonly number: number
  readonly reason: string
}

export interface Amendment {
  readonly amount: number
  readonly by: string
  /** Counts this person's amendments, from 1. */
  readonly number: number
}

/** The amount before and after an amendment. */
export interface Amended {
  readonly before: number
  readonly after: number
}

export const decide = defineSignal<[Decision]>('decide')

/** Refused if the amount is not above 0, or if all is decided. */
export const amend = defineUpdate<Amended, [Amendment]>('amend')

/** The `number`th decision of `approver`, to approve by default. */
export function decision(
  approver: string,
  number: number,
  { decision = 'approve', reason = 'it looks right' }: Partial<Pick<Decision, 'decision' | 'reason'>> = {},
): Decision {
  return { decision, approver, number, reason }
}

/** A workflow, as its approvers see it. */
export interface Decidable {
  from(approver: string): { signal(signal: typeof decide, decision: Decision): Promise<unknown> }
}

/**
 * Sends the approver's decisions from number `first` to number `last`. Each waits for the answer to the
 * previous one.
 */
export async function decideInOrder(
  request: Decidable,
  approver: string,
  last: number,
  first = 1,
): Promise<void> {
  for (let number = first; number <= last; number += 1)
    await request.from(approver).signal(decide, decision(approver, number))
}

/** The `number`th amendment by `by`. */
export function amendment(by: string, number: number, amount: number): Amendment {
  return { amount, by, number }
}

export function decisionKey(workflowId: string, { approver, number }: Decision): string {
  return `${workflowId}/decision/${approver}/${number}`
}

export function amendmentKey(workflowId: string, { by, number }: Amendment): string {
  return `${workflowId}/amend/${by}/${number}`
}

/** The key of the effect of a timeout, by which the workflow decides for itself. */
export function timeoutKey(workflowId: string): string {
  return `${workflowId}/timeout`
}
