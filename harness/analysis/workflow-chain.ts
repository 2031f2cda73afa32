// The workflows of a record, each with its whole chain of runs. Golden outcomes are about these chains.
import { nextRunId } from '../history/chain.ts'
import { isClosing, type HistoryEvent } from '../history/event.ts'
import { finalHistory, type RunRecord } from '../record/record.ts'
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
}

/** The workflows that the harness started. Children are their parents' responsibility. */
export function workflowChains(record: RunRecord): WorkflowChain[] {
  return entriesOf(record.timeline, 'workflow').flatMap((root) => {
    const { workflowId, golden } = root
    if (golden === null) return []
    const histories = historiesFrom(root.runId, record)
    const closing = histories.at(-1)?.find(isClosing)
    const isLast = closing !== undefined && nextRunId(closing) === undefined
    return [{ workflowId, root, golden, histories, closing: isLast ? closing : undefined }]
  })
}

function historiesFrom(runId: string, record: RunRecord): (readonly HistoryEvent[])[] {
  const history = finalHistory(record, runId)
  const closing = history.find(isClosing)
  const next = closing === undefined ? undefined : nextRunId(closing)
  return next === undefined ? [history] : [history, ...historiesFrom(next, record)]
}
