// A fault counts only with evidence from outside of its target. A run without a fault has tested nothing.
import type { InjectedFault } from '../analysis/outages.ts'
import { unmetErrors } from '../analysis/unmet-errors.ts'
import type { RunRecord } from '../record/record.ts'
import { faultLabel } from '../record/fault.ts'
import { entriesOf } from '../record/timeline.ts'
import type { Finding } from '../result/check-result.ts'
import { checked, findings, type Check } from './check.ts'

export const faultProven: Check = {
  name: 'fault-proven',
  promise: 'Every fault had its effect, by evidence from outside of its target.',
  judge({ record, outages }) {
    const reported = unmetErrors(record.timeline, 'fault-proven').map(({ code, message, hint }): Finding => ({
      kind: 'assumption',
      code,
      message,
      ...(hint === undefined ? {} : { hint }),
    }))
    const unwatched = entriesOf(record.timeline, 'target-unwatched')
    const unproven = outages.flatMap(({ fault, faultIndex }) => [
      ...whyUnproven(fault, record),
      ...unwatched
        .filter((entry) => entry.fault === faultIndex)
        .map(({ why }) => `only ${faultLabel(fault)} itself says that it had its effect: ${why}`),
    ])
    const missing = outages.length === 0 ? ['no fault was injected'] : unproven
    return checked([...reported, ...findings('assumption', missing)])
  },
}

function whyUnproven(fault: InjectedFault, record: RunRecord): string[] {
  const { target, effect, confirmedAtMs, startedAtMs, evidence } = fault
  if (confirmedAtMs === null) return [`${faultLabel(fault)} was not confirmed`]
  if (Object.keys(evidence).length === 0) return [`${faultLabel(fault)} shows no evidence`]
  if (target.kind !== 'worker' || effect !== 'dead') return []
  const died = entriesOf(record.timeline, 'exited').some(
    ({ identity, exit, atMs }) =>
      identity === target.name && exit.code !== 0 && atMs >= startedAtMs && atMs <= confirmedAtMs,
  )
  return died ? [] : [`${target.name} should have died, but no death was observed`]
}
