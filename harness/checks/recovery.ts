// Every obligation that is open during a fault must be settled within the budget.
import { formatDuration } from '../core/duration.ts'
import { faultName } from '../record/fault.ts'
import type { Cause, Obligation } from '../result/campaign-result.ts'
import { checkedIf, findings, type Check } from './check.ts'

export const recovery: Check = {
  name: 'recovery',
  promise: 'All work that was open during a fault is settled within the budget.',
  judge({ record, obligations }) {
    const late = obligations.flatMap((obligation) => whyTooLate(obligation, record.header.budgetMs))
    return checkedIf(obligations, findings('liveness', late), 'no workflow had open work during a fault')
  },
}

function whyTooLate(
  { workflowId, subject, fault, recoveryMs, cause }: Obligation,
  budgetMs: number,
): string[] {
  const what = `${subject} of ${workflowId}`
  if (recoveryMs === null) return [`${what} was open when ${faultName(fault)} struck and was never settled`]
  if (recoveryMs <= budgetMs) return []
  const named = cause === null ? '' : `: ${causeText(cause)}`
  return [
    `${what} recovered in ${formatDuration(recoveryMs)}, over the budget of ${formatDuration(budgetMs)}${named}`,
  ]
}

function causeText({ name, setting, observedMs, detail }: Cause): string {
  const decidedBy = setting === null ? '' : ` (${setting})`
  const seen = detail === undefined ? '' : ` (${detail})`
  return `${name}${decidedBy} took ${formatDuration(observedMs)}${seen}`
}
