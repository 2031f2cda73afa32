// The workflows of a record, each with its whole chain of runs. Golden outcomes are about these chains.
import { nextRunId } from '../history/chain.ts'
import { readByDefault, type ClosingPayload } from '../history/closing-payload.ts'
import { isClosing, type HistoryEvent } from '../history/event.ts'
import { closingPayload, finalHistory, type RunRecord } from '../record/record.ts'
import { entriesOf, type EntryOf } from '../record/timeline.ts'
import type { Golden } from '../record/timeline/outcome.ts'

export interface WorkflowChain {
  readonly workflowId: string
  /** The first run. */
  readonly root: EntryOf<'workflow'>
  readonly golden: Golden
  /** The final histories of its runs, in order. */
  readonly histories: readonly (readonly HistoryEvent[])[]
  /** The event that closed the last run; undefined while it is open. */
  readonly closing: HistoryEvent | undefined
  /** Whether nothing of its work is left: it is closed, and so is every child, also one that outlives it. */
  readonly isOver: boolean
  /** What that event's payload says; undefined if events of its type have none. */
  readonly closingPayload: ClosingPayload | undefined
}

/** The workflows that the harness started. Children are their parents' responsibility. */
export function workflowChains(record: RunRecord): WorkflowChain[] {
  return entriesOf(record.timeline, 'workflow').flatMap((root) => {
    const { workflowId, golden } = root
    if (golden === null) return []
    const runs = runsFrom(root.runId, record)
    const histories = runs.map(({ events }) => events)
    const last = runs.at(-1)
    const closing = last?.events.find(isClosing)
    const isLast = last !== undefined && closing !== undefined && nextRunId(closing) === undefined
    const end = isLast
      ? {
          closing,
          closingPayload: payloadOf(last.runId, closing, record),
          isOver: descendantsOf(root.runId, record).every(({ runId }) =>
            finalHistory(record, runId).some(isClosing),
          ),
        }
      : { closing: undefined, closingPayload: undefined, isOver: false }
    return [{ workflowId, root, golden, histories, ...end }]
  })
}

interface Run {
  readonly runId: string
  readonly events: readonly HistoryEvent[]
}

/** The run, and the next ones of its chain. */
export function runsFrom(runId: string, record: RunRecord): Run[] {
  const events = finalHistory(record, runId)
  const closing = events.find(isClosing)
  const next = closing === undefined ? undefined : nextRunId(closing)
  const run = { runId, events }
  return next === undefined ? [run] : [run, ...runsFrom(next, record)]
}

/** Every run that this one led to: the next ones of its chain, and all children with theirs. */
export function descendantsOf(runId: string, record: RunRecord): EntryOf<'workflow'>[] {
  const next = entriesOf(record.timeline, 'workflow').filter(({ fromRunId }) => fromRunId === runId)
  return next.flatMap((run) => [run, ...descendantsOf(run.runId, record)])
}

/** What the event that closed a run says: as the record has it, else by the SDK's default converter. */
export function payloadOf(
  runId: string,
  closing: HistoryEvent,
  record: RunRecord,
): ClosingPayload | undefined {
  return closingPayload(record, runId) ?? readByDefault(closing)
}
