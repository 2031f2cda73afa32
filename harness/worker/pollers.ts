// Who polls a task queue, as the service sees it: true for workers in any language.
import proto, { type temporal } from '@temporalio/proto'
import type { Observer } from '../record/observer.ts'

const { TaskQueueType } = proto.temporal.api.enums.v1

async function pollerIdentities(
  observer: Observer,
  taskQueue: string,
  taskQueueType: temporal.api.enums.v1.TaskQueueType,
): Promise<Set<string>> {
  const answer = await observer.client.workflowService.describeTaskQueue({
    namespace: observer.namespace,
    taskQueue: { name: taskQueue },
    taskQueueType,
  })
  return new Set((answer.pollers ?? []).map(({ identity }) => identity ?? ''))
}

/**
 * True once `identity` polls the queue for workflow and for activity tasks. Dead pollers stay listed for minutes.
 * @param signal ends the question, which a paused server would leave unanswered
 */
export async function isPolling(
  observer: Observer,
  taskQueue: string,
  identity: string,
  signal: AbortSignal,
): Promise<boolean> {
  signal.throwIfAborted()
  const [workflows, activities] = await observer.client.connection.withAbortSignal(signal, () =>
    Promise.all([
      pollerIdentities(observer, taskQueue, TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW),
      pollerIdentities(observer, taskQueue, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY),
    ]),
  )
  return workflows.has(identity) && activities.has(identity)
}
