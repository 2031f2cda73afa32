// Asks the server what it counts as pending of a workflow.
import { optionalTsToMs } from '@temporalio/common/lib/time.js'
import proto from '@temporalio/proto'
import type { PendingWork } from '../history/pending-work.ts'
import type { WorkflowRun } from '../history/workflow-run.ts'
import type { Observer } from './observer.ts'

const { PendingActivityState, PendingWorkflowTaskState, TimeoutType } = proto.temporal.api.enums.v1

/** Nothing is pending of a closed workflow. @throws what the service answers if it does not know the run */
export async function pendingWork(
  { client, namespace }: Observer,
  { workflowId, runId }: WorkflowRun,
): Promise<PendingWork> {
  const { pendingWorkflowTask: task, pendingActivities } =
    await client.connection.workflowService.describeWorkflowExecution({
      namespace,
      execution: { workflowId, runId },
    })
  const ms = (time: Parameters<typeof optionalTsToMs>[0]) => optionalTsToMs(time) ?? null
  return {
    workflowTask: task
      ? {
          attempt: task.attempt ?? 1,
          isStarted: task.state === PendingWorkflowTaskState.PENDING_WORKFLOW_TASK_STATE_STARTED,
          scheduledWallMs: ms(task.scheduledTime),
        }
      : null,
    activities: pendingActivities.map((one) => ({
      activityId: one.activityId ?? '',
      attempt: one.attempt ?? 1,
      isStarted: one.state === PendingActivityState.PENDING_ACTIVITY_STATE_STARTED,
      startedWallMs: ms(one.lastStartedTime),
      heartbeatWallMs: ms(one.lastHeartbeatTime),
      nextAttemptWallMs: ms(one.nextAttemptScheduleTime),
      lastWorker: one.lastWorkerIdentity ?? '',
      lastFailure: one.lastFailure
        ? {
            message: one.lastFailure.message ?? '',
            timeoutType: timeoutTypeOf(one.lastFailure.timeoutFailureInfo?.timeoutType),
          }
        : null,
    })),
  }
}

/** Undefined if the server does not answer within a second, or does not know the run. */
export async function pendingWorkNow(observer: Observer, run: WorkflowRun): Promise<PendingWork | undefined> {
  const asked = observer.client.connection.withDeadline(Date.now() + 1_000, () => pendingWork(observer, run))
  const [answer] = await Promise.allSettled([asked])
  return answer.status === 'fulfilled' ? answer.value : undefined
}

function timeoutTypeOf(type: number | null | undefined): string | null {
  return type === null || type === undefined ? null : (TimeoutType[type] ?? null)
}
