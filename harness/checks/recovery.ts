// Everything owed to a workflow when a fault struck must be settled within the budget.
import { formatDuration } from '../core/duration.ts'
import type { Obligation } from '../result/campaign-result.ts'
import { obligationsOf } from '../analysis/obligations.ts'
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
      : `: ${cause.name}${setting === null ? '' : ` (${setting})`} took ${formatDuration(cause.observedMs)}`
  return [
    `${what} recovered in ${formatDuration(recoveryMs)}, over the budget of ${formatDuration(budgetMs)}${named}`,
  ]
}
