// A fault says nothing about recovery if no workflow has open work when it strikes or while it lasts. A workflow that
// only waits has none, and yet its state must survive: if it answers a message later, that was tested.
import { wasIdleAt } from '../analysis/idle-workflows.ts'
import type { Outage } from '../analysis/outages.ts'
import { faultLabel } from '../record/fault.ts'
import { entriesOf } from '../record/timeline.ts'
import { checkedIf, findings, type Check } from './check.ts'

export const workOpen: Check = {
  name: 'work-open',
  promise: 'Every fault struck while a workflow had open work, or waited for a message that it got later.',
  judge({ outages, obligations, histories, record }) {
    const tested = new Set(obligations.map(({ faultIndex }) => faultIndex))
    const answers = entriesOf(record.timeline, 'queried').filter(({ outcome }) => outcome === 'answered')
    /** An answer to a query, or what a later fault owes, shows that the workflow outlived this fault. */
    const outlived = ({ faultIndex, fromMs, untilMs }: Outage) =>
      histories.some((history) => {
        if (!wasIdleAt(fromMs, history, record)) return false
        const isOfIt = ({ runId }: { readonly runId: string }) => runId === history.runId
        return (
          answers.some((answer) => isOfIt(answer) && answer.askedMs >= untilMs) ||
          obligations.some((due) => isOfIt(due) && due.faultIndex > faultIndex && due.settledMs !== null)
        )
      })
    const idle = outages
      .filter((outage) => !tested.has(outage.faultIndex) && !outlived(outage))
      .map(({ fault }) => `no workflow had open work when ${faultLabel(fault)} was injected`)
    return checkedIf(outages, findings('assumption', idle), 'no fault was injected')
  },
}
