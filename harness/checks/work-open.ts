// A fault that strikes while nothing is owed to any workflow, nor comes to be owed while it lasts, shows nothing
// about recovery.
import { faultLabel } from '../record/fault.ts'
import { checkedIf, findings, type Check } from './check.ts'

export const workOpen: Check = {
  name: 'work-open',
  promise: 'Every fault struck while something was owed to a workflow.',
  judge({ outages, obligations }) {
    const tested = new Set(obligations.map(({ faultIndex }) => faultIndex))
    const idle = outages
      .filter(({ faultIndex }) => !tested.has(faultIndex))
      .map(({ fault }) => `nothing was owed to any workflow when ${faultLabel(fault)} was injected`)
    return checkedIf(outages, findings('assumption', idle), 'no fault was injected')
  },
}
