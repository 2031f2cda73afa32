// A target that never came back leaves nothing to recover from: work that went on did so without it.
import type { Outage } from '../analysis/outages.ts'
import { faultLabel } from '../record/fault.ts'
import { checkedIf, findings, type Check } from './check.ts'

export const outageEnded: Check = {
  name: 'outage-ended',
  promise: 'Every worker and service that a fault stopped came back, or another one took over.',
  judge({ outages, obligations }) {
    const stopping = outages.filter(stopsItsTarget)
    const lost = stopping.filter(({ untilMs }) => !Number.isFinite(untilMs))
    // Work that was never settled is for the check `recovery` to tell.
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
