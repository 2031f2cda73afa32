// Everything owed to a workflow when a fault struck must be settled within the budget.
import { formatDuration } from '../core/duration.ts'
import { faultName } from '../record/fault.ts'
import type { Obligation } from '../result/campaign-result.ts'
import { checkedIf, findings, type Check } from './check.ts'

export const recovery: Check = {
  name: 'recovery',
  promise: 'Whatever was owed to a workflow under a fault is settled within the budget.',
  judge({ record, obligations }) {
    const late = obligations.flatMap((obligation) => whyTooLate(obligation, record.header.budgetMs))
    return checkedIf(obligations, findings('liveness', late), 'nothing was owed to any workflow')
  },
}

function whyTooLate(
  { workflowId, subject, fault, recoveryMs, cause }: Obligation,
  budgetMs: number,
): string[] {
  const what = `${subject} of ${workflowId}`
  if (recoveryMs === null) return [`${what} was owed when ${faultName(fault)} struck and was never settled`]
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
