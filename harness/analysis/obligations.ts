// Recovery by obligations: what was owed to each workflow when a fault struck or while it lasted, and how long it
// had to wait. The figure is the waiting, not the work: (re-dispatched - max(t0, due)) + (settled - outcome ready). While
// a service is down nothing is due: its outage is reported apart.
import { messagesOf } from './messages.ts'
import type { RunRecord } from '../record/record.ts'
import type { Obligation } from '../result/campaign-result.ts'
import { attributeWait } from './cause.ts'
import { outagesOf } from './outage.ts'
import { obligationsIn } from './owed-in.ts'
import { waitIntervals, type OpenObligation } from './owed.ts'
import { alignedHistories } from './aligned-history.ts'

/** Every obligation of a record, per fault and workflow run, in the order of the histories. */
export function obligationsOf(record: RunRecord): Obligation[] {
  const histories = alignedHistories(record)
  const updates = messagesOf(record).filter(({ what }) => what === 'update')
  return outagesOf(record).flatMap((outage) =>
    histories.flatMap((history) =>
      obligationsIn(
        history,
        outage,
        updates.filter(({ workflowId }) => workflowId === history.workflowId),
      ).map((owed) => ({
        workflowId: history.workflowId,
        runId: history.runId,
        kind: owed.kind,
        subject: owed.subject,
        fault: outage.fault.name,
        faultIndex: outage.faultIndex,
        dueMs: Math.max(owed.dueMs, outage.serviceableFromMs),
        redispatchedMs: owed.redispatchedMs,
        settledMs: owed.settledMs,
        recoveryMs: recoveryOf(owed, outage.serviceableFromMs),
        redoneMs: owed.redoneMs,
        latenessMs: owed.latenessMs ?? null,
        cause: attributeWait(owed, outage, history, record),
      })),
    ),
  )
}

/** The worst of a run's obligations; null where there is none or one is not settled. */
export function worstRecovery(obligations: readonly Obligation[]): number | null {
  const figures = obligations.map(({ recoveryMs }) => recoveryMs)
  const known = figures.filter((figure) => figure !== null)
  return known.length === 0 || known.length < figures.length ? null : Math.max(...known)
}

function recoveryOf(owed: OpenObligation, serviceableFromMs: number): number | null {
  const waiting = waitIntervals(owed, serviceableFromMs)
  return waiting === undefined
    ? null
    : waiting.reduce((sum, { fromMs, untilMs }) => sum + untilMs - fromMs, 0)
}
