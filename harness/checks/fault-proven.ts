// A fault counts only with evidence from outside of its target. A run without one has put nothing to the proof.
import type { InjectedFault } from '../analysis/outage.ts'
import type { RunRecord } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'
import { checked, findings, type Check } from './check.ts'

export const faultProven: Check = {
  name: 'fault-proven',
  promise: 'Every fault did what it says, by evidence from outside of its target.',
  judge({ record, outages }) {
    if (outages.length === 0) return checked(findings('assumption', ['no fault was injected']))
    return checked(
      findings(
        'assumption',
        outages.flatMap(({ fault }) => whyUnproven(fault, record)),
      ),
    )
  },
}

function whyUnproven(fault: InjectedFault, record: RunRecord): string[] {
  const { name: faultName, target, confirmedAtMs, startedAtMs, evidence } = fault
  if (confirmedAtMs === null) return [`${faultName} of ${target} was not confirmed`]
  if (Object.keys(evidence).length === 0) return [`${faultName} of ${target} shows no evidence`]
  if (faultName !== 'kill-worker') return []
  const killed = entriesOf(record.timeline, 'exited').some(
    ({ identity, exit, atMs }) =>
      identity === target && exit.signal === 'SIGKILL' && atMs >= startedAtMs && atMs <= confirmedAtMs,
  )
  return killed ? [] : [`${target} was to die by SIGKILL, but its exit was not observed`]
}
