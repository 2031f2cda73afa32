// Every obligation that is open during a fault must be settled within the budget.
import type { Outage } from '../analysis/outages.ts'
import { formatDuration } from '../core/duration.ts'
import { faultName } from '../record/fault.ts'
import type { Cause, Obligation } from '../result/campaign-result.ts'
import type { Finding } from '../result/check-result.ts'
import { checkedIf, late, type Check } from './check.ts'

export const recovery: Check = {
  name: 'recovery',
  promise: 'All work that was open during a fault is settled within the budget.',
  judge({ record, obligations, outages, endedMs }) {
    const { budgetMs } = record.header
    const found = obligations.flatMap((obligation): Finding[] => {
      const message = whyTooLate(obligation, budgetMs)
      if (message === undefined) return []
      const { dueMs: fromMs, settledMs, recoveryMs, cause } = obligation
      const untilMs = settledMs ?? endedMs
      const outage = outages.find(({ faultIndex }) => faultIndex === obligation.faultIndex)
      // Of a run that ended before its deadline, for another reason, nobody knows what would have come.
      const isUntilDeadline = recoveryMs === null && endedMs >= record.header.deadlineMs
      const hung =
        isUntilDeadline && hangsAfter(outage, fromMs, endedMs - budgetMs) ? { hangs: true as const } : {}
      // On a quiet machine, such a timeout or pause would be just as long.
      if (cause !== null && cause.setting !== null && cause.observedMs > budgetMs)
        return [{ kind: 'liveness', message, decidedBySetting: true, ...hung }]
      return [{ ...late(message, { fromMs, untilMs }, (recoveryMs ?? untilMs - fromMs) - budgetMs), ...hung }]
    })
    return checkedIf(obligations, found, 'no workflow had open work during a fault')
  },
}

/** Whether fault, heal and due time were so early that the work is late whatever comes after the run's end. */
function hangsAfter(outage: Outage | undefined, dueMs: number, latestMs: number): boolean {
  if (outage === undefined || outage.fault.confirmedAtMs === null) return false
  return Object.keys(outage.fault.evidence).length > 0 && Math.max(dueMs, outage.untilMs) < latestMs
}

function whyTooLate(
  { workflowId, subject, fault, recoveryMs, cause }: Obligation,
  budgetMs: number,
): string | undefined {
  const what = `${subject} of ${workflowId}`
  if (recoveryMs === null) {
    const because = cause === null ? '' : `: ${cause.detail ?? cause.name}`
    return `${what} was open when ${faultName(fault)} struck and was never settled${because}`
  }
  if (recoveryMs <= budgetMs) return undefined
  const named = cause === null ? '' : `: ${causeText(cause)}`
  return `${what} recovered in ${formatDuration(recoveryMs)}, over the budget of ${formatDuration(budgetMs)}${named}`
}

function causeText({ name, setting, observedMs, detail }: Cause): string {
  const decidedBy = setting === null ? '' : ` (${setting})`
  const seen = detail === undefined ? '' : ` (${detail})`
  return `${name}${decidedBy} took ${formatDuration(observedMs)}${seen}`
}
