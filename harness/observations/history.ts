// The final history of every workflow run, including runs that began after the capture of events ended. A run that
// the service no longer knows is a fact about the service, and no failure of the observation.
import { messageOf } from '../core/errors.ts'
import { startedBy, type StartedRun } from '../history/chain.ts'
import { isClosing, type HistoryEvent } from '../history/event.ts'
import type { WorkflowRun } from '../history/workflow-run.ts'
import { fetchHistory } from '../temporal/history-capture.ts'
import { isNotFound, retryThroughOutage } from '../temporal/observer.ts'
import { decodeClosing } from '../temporal/payloads.ts'
import { observeUnansweredChildren } from './unanswered-children.ts'
import { always, type Observation, type ObservationContext } from './observation.ts'

export const history: Observation = {
  kind: 'history',
  available: always,
  async observe(context) {
    const known = new Set(context.runs.map(({ runId }) => runId))
    let unread: readonly WorkflowRun[] = context.runs
    while (unread.length > 0) {
      const started: StartedRun[] = []
      for (const run of unread) {
        await context.part(async () => {
          const events = await observeHistory(context, run)
          const told = events.map((event) => startedBy(run, event))
          const untold = await observeUnansweredChildren(context, run, events)
          for (const next of [...told, ...untold]) {
            if (next === undefined || known.has(next.runId)) continue
            known.add(next.runId)
            noteRun(context, next, run)
            started.push(next)
          }
        })
      }
      unread = started
    }
  },
}

async function observeHistory(context: ObservationContext, run: WorkflowRun): Promise<HistoryEvent[]> {
  const { observer, recorder, deadline, histories } = context
  const { workflowId, runId } = run
  const what = `the history of ${workflowId} at the run's end`
  const events = await retryThroughOutage(observer, deadline, what, async (signal) => {
    try {
      return await fetchHistory(observer, run, signal)
    } catch (thrown) {
      if (!isNotFound(thrown)) throw thrown
      recorder.observe({ kind: 'lost', workflowId, runId, message: messageOf(thrown) })
      return undefined
    }
  })
  if (events === undefined) return []
  const last = events.find(isClosing)
  const closing = last === undefined ? undefined : await decodeClosing(observer, run, last)
  recorder.observe({
    kind: 'history',
    workflowId,
    runId,
    events,
    ...(closing === undefined ? {} : { closing }),
  })
  histories.push({ run: { workflowId, runId }, events })
  return events
}

/** The run began after the capture of events ended, so the timeline does not have it yet. */
function noteRun({ recorder }: ObservationContext, started: StartedRun, from: WorkflowRun): void {
  const { workflow = '', ...run } = started
  recorder.mark({ kind: 'workflow', ...run, workflow, fromRunId: from.runId, golden: null })
}
