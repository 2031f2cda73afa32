// Who polls a task queue, as the service sees it: true for workers in any language. The service goes on listing a poller
// for minutes after its death, so a list alone does not tell who lives.
import proto from '@temporalio/proto'
import type { Deadline } from '../core/deadline.ts'
import { withCallSignal, type Observer } from './observer.ts'

/** Interval of the question whether a worker polls: the resolution of the answer. */
export const pollEveryMs = 50

/** What a worker can poll a task queue for. */
export type TaskKind = 'workflow' | 'activity'

/** A task queue, and which kinds of tasks a worker polls it for. */
export interface PolledQueue {
  readonly name: string
  readonly polls: readonly TaskKind[]
}

const { TaskQueueType } = proto.temporal.api.enums.v1
const typeOf = {
  workflow: TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
  activity: TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
} as const satisfies Record<TaskKind, number>

/**
 * The identities of the pollers that `isMeant` accepts, once each queue has one for each kind of task; undefined before.
 * The service is asked one question after the other: if a worker does not poll for the one, the next is not asked.
 * @param signal ends the questions, which a paused server would leave unanswered
 */
export async function pollersOf(
  observer: Observer,
  queues: readonly PolledQueue[],
  isMeant: (identity: string) => boolean,
  signal: AbortSignal,
): Promise<string[] | undefined> {
  const identities = new Set<string>()
  for (const { name, polls } of queues) {
    for (const kind of polls) {
      const meant = (await listed(observer, name, kind, signal)).filter(isMeant)
      if (meant.length === 0) return undefined
      for (const identity of meant) identities.add(identity)
    }
  }
  return [...identities]
}

/** Every identity that the service lists for these queues, dead or alive. */
export async function listedPollers(
  observer: Observer,
  queues: readonly PolledQueue[],
  signal: AbortSignal,
): Promise<string[]> {
  const asked = queues.flatMap(({ name, polls }) => polls.map((kind) => listed(observer, name, kind, signal)))
  return [...new Set((await Promise.all(asked)).flat())]
}

/** Resolves once one of these identities polls for everything. @throws as `Deadline.poll`, at its end with `CHAOS_WORKER_NOT_READY` */
export async function untilPolling(
  observer: Observer,
  queues: readonly PolledQueue[],
  identities: readonly string[],
  deadline: Deadline,
  everyMs = pollEveryMs,
): Promise<void> {
  const isMeant = (identity: string) => identities.includes(identity)
  const what = `worker ${identities.join(' or ')} to poll ${queues.map(({ name }) => name).join(' and ')}`
  const ask = (signal: AbortSignal) => pollersOf(observer, queues, isMeant, signal)
  await deadline.poll(ask, { what, everyMs, code: 'CHAOS_WORKER_NOT_READY' })
}

async function listed(
  observer: Observer,
  name: string,
  kind: TaskKind,
  signal: AbortSignal,
): Promise<string[]> {
  const { pollers } = await withCallSignal(signal, observer, () =>
    observer.client.workflowService.describeTaskQueue({
      namespace: observer.namespace,
      taskQueue: { name },
      taskQueueType: typeOf[kind],
    }),
  )
  return (pollers ?? []).map(({ identity }) => identity ?? '')
}
