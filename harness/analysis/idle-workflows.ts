// Workflows that only waited when a fault struck. Nothing was due to them, but their state must survive: the answer
// to the first message after the fault shows whether it did, and how soon.
import { isClosing } from '../history/event.ts'
import type { RunRecord } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'
import type { AlignedHistory } from './aligned-history.ts'
import type { Message } from './messages.ts'
import type { OpenObligation } from './open-obligation.ts'
import type { Outage } from './outages.ts'
import { takes } from './queue-reach.ts'
import { messageObligations } from './run-obligations.ts'

interface Sources {
  readonly record: RunRecord
  readonly histories: readonly AlignedHistory[]
  readonly outages: readonly Outage[]
}

/** The first message to each idle workflow between this fault and the next one, for a fault that hit no open work. */
export function firstAnswers(
  { record, histories, outages }: Sources,
  outage: Outage,
  updatesTo: (history: AlignedHistory) => readonly Message[],
): { readonly history: AlignedHistory; readonly open: readonly OpenObligation[] }[] {
  const later = outages.map(({ fromMs }) => fromMs).filter((fromMs) => fromMs > outage.fromMs)
  const untilNext: Outage = { ...outage, untilMs: Math.min(Infinity, ...later) }
  return histories
    .filter(
      (history) =>
        wasIdleAt(outage.fromMs, history, record) && takes(outage.taskQueues, 'workflow', history.taskQueue),
    )
    .map((history) => {
      const messages = [
        ...messageObligations(history, untilNext, updatesTo(history)),
        ...queryObligations(history, untilNext, record),
      ]
      return { history, open: messages.toSorted((a, b) => a.dueMs - b.dueMs).slice(0, 1) }
    })
}

/** Queries of the scenario: the harness's own wait until the workflow has gone on. They leave nothing in the history. */
function queryObligations(
  { runId }: AlignedHistory,
  { fromMs, untilMs }: Outage,
  { timeline }: RunRecord,
): OpenObligation[] {
  return entriesOf(timeline, 'queried')
    .filter((one) => one.runId === runId && one.by === 'scenario' && one.outcome !== 'refused')
    .filter(({ askedMs, atMs }) => atMs > fromMs && askedMs < untilMs)
    .map(({ query, askedMs, atMs, outcome }) => {
      const answeredMs = outcome === 'answered' ? atMs : null
      return {
        kind: 'query',
        subject: `query ${query}`,
        dueMs: Math.max(fromMs, askedMs),
        redispatchedMs: answeredMs,
        readyMs: answeredMs,
        settledMs: answeredMs,
        settledBy: undefined,
        redoneMs: null,
      }
    })
}

/** Whether the run was open then. The workflows that the harness probes with tell of the service, not of the user's work. */
export function wasIdleAt(
  atMs: number,
  { events, at, runId }: AlignedHistory,
  { timeline }: RunRecord,
): boolean {
  const [first] = events
  const closing = events.find(isClosing)
  const isOpen = first !== undefined && at(first) < atMs && (closing === undefined || at(closing) > atMs)
  return (
    isOpen && !entriesOf(timeline, 'workflow').some((run) => run.runId === runId && run.origin === 'probe')
  )
}
