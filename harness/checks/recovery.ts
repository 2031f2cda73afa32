// Everything owed to a workflow when a fault struck must be settled within the budget.
import type { Obligation } from '../record/timing.ts'
import { obligationsOf } from '../recovery/obligations.ts'
import { findings, type Check } from './check.ts'

const name = 'recovery'

export const recovery: Check = {
  name,
  find(record) {
    const { budgetMs } = record.header
    return findings(
      name,
      'liveness',
      obligationsOf(record).flatMap((obligation) => whyTooLate(obligation, budgetMs)),
    )
  },
}

function whyTooLate(
  { workflowId, subject, fault, recoveryMs, cause }: Obligation,
  budgetMs: number,
): string[] {
  const what = `${subject} of ${workflowId}`
  if (recoveryMs === null) return [`${what} was owed when ${fault} struck and was never settled`]
  if (recoveryMs <= budgetMs) return []
  const setting = cause?.setting ?? null
  const named =
    cause === null
      ? ''
      : `: ${cause.name}${setting === null ? '' : ` (${setting})`} took ${seconds(cause.observedMs)}`
  return [`${what} recovered in ${seconds(recoveryMs)}, over the budget of ${seconds(budgetMs)}${named}`]
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`
}
