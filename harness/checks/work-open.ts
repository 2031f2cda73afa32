// A fault says nothing about recovery if no workflow has open work when it strikes or while it lasts.
import { faultLabel } from '../record/fault.ts'
import { checkedIf, findings, type Check } from './check.ts'

export const workOpen: Check = {
  name: 'work-open',
  promise: 'Every fault struck while a workflow had open work.',
  judge({ outages, obligations }) {
    const tested = new Set(obligations.map(({ faultIndex }) => faultIndex))
    const idle = outages
      .filter(({ faultIndex }) => !tested.has(faultIndex))
      .map(({ fault }) => `no workflow had open work when ${faultLabel(fault)} was injected`)
    return checkedIf(outages, findings('assumption', idle), 'no fault was injected')
  },
}
