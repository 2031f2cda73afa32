// Recovery by obligations: what was owed to each workflow when a fault struck or while it lasted, and how long it
// had to wait. The figure is the waiting, not the work: (re-dispatched - max(t0, due)) + (settled - outcome ready).
import type { RunRecord } from '../record/record.ts'
import type { Obligation } from '../record/timing.ts'
import { attributeWait } from './cause.ts'
import { outagesOf } from './outage.ts'
import { owedIn } from './owed-in.ts'
import { waitingOf, type Owed } from './owed.ts'
import { placedHistories } from './placed.ts'

/** Every obligation of a record, per fault and workflow run, in the order of the histories. */
export function obligationsOf(record: RunRecord): Obligation[] {
  const histories = placedHistories(record)
  return outagesOf(record).flatMap((outage, index) =>
    histories.flatMap((history) =>
      owedIn(history, outage).map((owed) => ({
        workflowId: history.workflowId,
        runId: history.runId,
        kind: owed.kind,
        subject: owed.subject,
        fault: outage.fault.name,
        strike: index + 1,
        dueMs: owed.dueMs,
        redispatchedMs: owed.redispatchedMs,
        settledMs: owed.settledMs,
        recoveryMs: recoveryOf(owed, outage.fromMs),
        redoneMs: owed.redoneMs,
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

function recoveryOf(owed: Owed, t0Ms: number): number | null {
  const waiting = waitingOf(owed, t0Ms)
  return waiting === undefined
    ? null
    : waiting.reduce((sum, { fromMs, untilMs }) => sum + untilMs - fromMs, 0)
}
