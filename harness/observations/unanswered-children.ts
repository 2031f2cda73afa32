// Children that a closed run asked for, and whose start its history does not tell. A run that closes in the meantime
// gets no event any more, so only the service knows whether such a child exists.
import { childRequestsOf, type ChildRequest } from '../history/child-request.ts'
import { isClosing, type HistoryEvent } from '../history/event.ts'
import type { StartedRun } from '../history/chain.ts'
import type { WorkflowRun } from '../history/workflow-run.ts'
import { isNotFound, retryThroughOutage } from '../temporal/observer.ts'
import type { ObservationContext } from './observation.ts'

/** Records what the service knows of each. @returns those that exist */
export async function observeUnansweredChildren(
  context: ObservationContext,
  from: WorkflowRun,
  events: readonly HistoryEvent[],
): Promise<StartedRun[]> {
  if (!events.some(isClosing)) return []
  const { namespace } = context.observer
  const asked = childRequestsOf(events).filter(
    (child) => !child.isAnswered && (child.namespace ?? namespace) === namespace,
  )
  const found: StartedRun[] = []
  for (const { event, workflowId, workflow } of asked) {
    const runId = await firstRunOf(context, workflowId, from)
    context.recorder.observe({
      kind: 'asked-child',
      workflowId,
      runId,
      fromRunId: from.runId,
      eventId: event.eventId,
    })
    if (runId !== null) found.push({ workflowId, runId, origin: 'child', workflow })
  }
  return found
}

/** The first run of the child that `from` started; null if the service knows none. */
async function firstRunOf(
  { observer, deadline }: ObservationContext,
  workflowId: ChildRequest['workflowId'],
  from: WorkflowRun,
): Promise<string | null> {
  const { client, namespace } = observer
  return retryThroughOutage(observer, deadline, `a look for the child ${workflowId}`, async () => {
    try {
      const { workflowExecutionInfo: info } = await client.workflowService.describeWorkflowExecution({
        namespace,
        execution: { workflowId },
      })
      if (info?.parentExecution?.runId !== from.runId) return null
      return info.firstRunId || info.execution?.runId || null
    } catch (thrown) {
      if (isNotFound(thrown)) return null
      throw thrown
    }
  })
}
