// A target that never came back leaves nothing to recover from: work that went on did so without it.
import type { Outage } from '../analysis/outages.ts'
import { isClosing } from '../history/event.ts'
import { faultLabel } from '../record/fault.ts'
import { checkedIf, findings, type Check } from './check.ts'

export const outageEnded: Check = {
  name: 'outage-ended',
  promise: 'Every worker and service that a fault stopped came back, or another one took over.',
  judge({ outages, obligations, histories }) {
    const stopping = outages.filter(stopsItsTarget)
    // Work that was never settled, and workflows that never ended, are for the checks `recovery` and `completed` to tell.
    const isOpen = histories.some(({ events }) => events.length > 0 && !events.some(isClosing))
    const lost = isOpen ? [] : stopping.filter(({ untilMs }) => !Number.isFinite(untilMs))
    const unsettled = new Set(
      obligations.filter(({ recoveryMs }) => recoveryMs === null).map(({ faultIndex }) => faultIndex),
    )
    const messages = lost
      .filter(({ faultIndex }) => !unsettled.has(faultIndex))
      .map(({ fault }) => `${faultLabel(fault)} was never seen to end: nothing recovered from it`)
    return checkedIf(stopping, findings('assumption', messages), 'no fault stopped a worker or a service')
  },
}

function stopsItsTarget({ fault: { target, effect } }: Outage): boolean {
  const isOurs = target.kind === 'worker' || target.kind === 'service'
  return isOurs && effect !== 'slow' && effect !== 'refused'
}
