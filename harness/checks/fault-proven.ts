// A fault counts only with evidence from outside of its target; a run without one has put nothing to the proof.
import type { RunRecord } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'
import { faultsOf, type InjectedFault } from '../analysis/outage.ts'
import { findings, type Check } from './check.ts'

const name = 'fault-proven'

export const faultProven: Check = {
  name,
  find(record) {
    const faults = faultsOf(record)
    if (faults.length === 0) return findings(name, 'assumption', ['no fault was injected'])
    const messages = faults.flatMap((fault) => whyUnproven(fault, record))
    return findings(name, 'assumption', messages)
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
