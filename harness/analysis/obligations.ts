// Recovery by obligations: work that was open during a fault, and how long it waited, without a service's outage.
// The figure counts only waits: (re-dispatched - max(t0, due)) + (settled - outcome ready), without the time in which
// work waits for a worker that is as full as it is without a fault.
import type { FaultIdentity } from '../record/fault.ts'
import type { RunRecord } from '../record/record.ts'
import type { Obligation } from '../result/campaign-result.ts'
import type { AlignedHistory } from './aligned-history.ts'
import { attributeWait, causeSources } from './causes/attribute.ts'
import type { FailedAttempts } from './failed-attempts.ts'
import { firstAnswers } from './idle-workflows.ts'
import type { Message } from './messages.ts'
import { totalMs, waitIntervals } from './open-obligation.ts'
import type { Outage } from './outages.ts'
import { obligationsOfRun } from './run-obligations.ts'

export interface ObligationSources {
  readonly record: RunRecord
  readonly histories: readonly AlignedHistory[]
  readonly messages: readonly Message[]
  readonly outages: readonly Outage[]
  readonly failedAttempts: readonly FailedAttempts[]
}

/** Every obligation of a record, ordered by fault, then by workflow run. */
export function obligationsOf({
  record,
  histories,
  messages,
  outages,
  failedAttempts,
}: ObligationSources): Obligation[] {
  const sources = causeSources(record, histories, outages)
  const updatesTo = ({ workflowId }: AlignedHistory) =>
    messages.filter((message) => message.what === 'update' && message.workflowId === workflowId)
  return outages.flatMap((outage) => {
    const failedIn = (history: AlignedHistory) =>
      failedAttempts
        .filter((failed) => failed.history === history && failed.outage === outage)
        .map(({ span }) => span)
    const owed = histories.map((history) => ({
      history,
      open: obligationsOfRun(history, outage, updatesTo(history), failedIn(history)),
    }))
    const isIdle = owed.every(({ open }) => open.length === 0)
    const due = isIdle ? firstAnswers({ record, histories, outages }, outage, updatesTo) : owed
    return due.flatMap(({ history, open: opened }) =>
      opened.map((open): Obligation => {
        const attribution = attributeWait(open, outage, history, sources)
        const waited = waitIntervals(open, outage.serviceableFromMs)
        const queuedMs = attribution?.queuedMs ?? 0
        return {
          workflowId: history.workflowId,
          runId: history.runId,
          kind: open.kind,
          subject: open.subject,
          fault: identityOf(outage.fault),
          faultIndex: outage.faultIndex,
          dueMs: Math.max(open.dueMs, outage.serviceableFromMs),
          redispatchedMs: open.redispatchedMs,
          settledMs: open.settledMs,
          recoveryMs: waited === undefined ? null : totalMs(waited) - queuedMs,
          redoneMs: open.redoneMs,
          latenessMs: open.latenessMs ?? null,
          cause: attribution?.cause ?? null,
          ...(attribution === null ? {} : { waitedMs: attribution.waitedMs }),
          ...(queuedMs === 0 ? {} : { queuedMs }),
        }
      }),
    )
  })
}

/**
 * Index of the obligation that decides a run's recovery: the first that was never settled, else the longest
 * wait.
 */
export function worstOf(obligations: readonly Pick<Obligation, 'recoveryMs'>[]): number | null {
  const waits = obligations.map(({ recoveryMs }) => recoveryMs ?? Infinity)
  return waits.reduce<number | null>(
    (worst, wait, index) => (worst === null || wait > (waits[worst] ?? 0) ? index : worst),
    null,
  )
}

function identityOf({ kind, target, effect }: FaultIdentity): FaultIdentity {
  return { kind, target, effect }
}
