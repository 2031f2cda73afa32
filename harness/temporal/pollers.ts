// Who polls a task queue, as the service sees it: true for workers in any language.
import proto, { type temporal } from '@temporalio/proto'
import type { Deadline } from '../core/deadline.ts'
import { withCallSignal, type Observer } from './observer.ts'

/** Interval of the question whether a worker polls: the resolution of the answer. */
export const pollEveryMs = 50

const { TaskQueueType } = proto.temporal.api.enums.v1

async function polls(
  observer: Observer,
  taskQueue: string,
  taskQueueType: temporal.api.enums.v1.TaskQueueType,
  identity: string,
): Promise<boolean> {
  const answer = await observer.client.workflowService.describeTaskQueue({
    namespace: observer.namespace,
    taskQueue: { name: taskQueue },
    taskQueueType,
  })
  return (answer.pollers ?? []).some((poller) => poller.identity === identity)
}

/**
 * True once `identity` polls the queue for workflow and for activity tasks. Dead pollers stay listed for minutes.
 * Asked one after the other: a worker that does not poll for the one need not be asked for the other.
 * @param signal ends the question, which a paused server would leave unanswered
 */
export async function isPolling(
  observer: Observer,
  taskQueue: string,
  identity: string,
  signal: AbortSignal,
): Promise<boolean> {
  return withCallSignal(
    signal,
    observer,
    async () =>
      (await polls(observer, taskQueue, TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW, identity)) &&
      (await polls(observer, taskQueue, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY, identity)),
  )
}

/** Resolves once it does. @throws as `Deadline.poll` does, at its end with `CHAOS_WORKER_NOT_READY` */
export async function untilPolling(
  observer: Observer,
  taskQueue: string,
  identity: string,
  deadline: Deadline,
  everyMs = pollEveryMs,
): Promise<void> {
  await deadline.poll(
    async (signal) => ((await isPolling(observer, taskQueue, identity, signal)) ? true : undefined),
    { what: `worker ${identity} to poll ${taskQueue}`, everyMs, code: 'CHAOS_WORKER_NOT_READY' },
  )
}
