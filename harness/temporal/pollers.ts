// Who polls a task queue, as the service sees it: true for workers in any language. The service goes on listing a poller
// for minutes after its death, so a list alone does not tell who lives.
import { optionalTsToMs } from '@temporalio/common/lib/time.js'
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
  /** Empty as long as nobody knows: then one kind is enough. */
  readonly polls: readonly TaskKind[]
}

const allKinds = ['workflow', 'activity'] as const satisfies TaskKind[]

function kindsOf({ polls }: PolledQueue): readonly TaskKind[] {
  return polls.length === 0 ? allKinds : polls
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
  isMeant: (poller: Poller) => boolean,
  signal: AbortSignal,
): Promise<string[] | undefined> {
  const identities = new Set<string>()
  for (const queue of queues) {
    let polled = false
    for (const kind of kindsOf(queue)) {
      const meant = (await listed(observer, queue.name, kind, signal)).filter(isMeant)
      if (meant.length === 0 && queue.polls.length > 0) return undefined
      polled ||= meant.length > 0
      for (const { identity } of meant) identities.add(identity)
    }
    if (!polled) return undefined
  }
  return [...identities]
}

/** Every identity that the service lists for these queues, dead or alive. */
export async function listedPollers(
  observer: Observer,
  queues: readonly PolledQueue[],
  signal: AbortSignal,
): Promise<string[]> {
  const asked = queues.flatMap((queue) =>
    kindsOf(queue).map((kind) => listed(observer, queue.name, kind, signal)),
  )
  return [...new Set((await Promise.all(asked)).flat().map(({ identity }) => identity))]
}

/** Resolves once one of these identities polls for everything. @throws as `Deadline.poll`, at its end with `CHAOS_WORKER_NOT_READY` */
export async function untilPolling(
  observer: Observer,
  queues: readonly PolledQueue[],
  identities: readonly string[],
  deadline: Deadline,
  everyMs = pollEveryMs,
): Promise<void> {
  const isMeant = ({ identity }: Poller) => identities.includes(identity)
  const what = `worker ${identities.join(' or ')} to poll ${queues.map(({ name }) => name).join(' and ')}`
  const ask = (signal: AbortSignal) => pollersOf(observer, queues, isMeant, signal)
  await deadline.poll(ask, { what, everyMs, code: 'CHAOS_WORKER_NOT_READY' })
}

export interface Poller {
  readonly identity: string
  /** The begin or the end of its last poll, by the server's clock, in milliseconds since the epoch. */
  readonly lastAccessWallMs: number
}

/** A task queue as the service describes it, for one kind of tasks. */
export interface QueueState {
  readonly queue: string
  readonly polls: TaskKind
  readonly pollers: readonly Poller[]
  /** The tasks that wait, and how long the oldest one has. */
  readonly backlog: { readonly tasks: number; readonly ageMs: number }
}

/** One for each queue and kind of tasks, each of them once. */
export async function queueStates(
  observer: Observer,
  queues: readonly PolledQueue[],
  signal: AbortSignal,
): Promise<QueueState[]> {
  const asked = queues.flatMap((queue) => kindsOf(queue).map((kind) => ({ name: queue.name, kind })))
  const unlike = [...new Map(asked.map((one) => [`${one.kind} ${one.name}`, one])).values()]
  return Promise.all(unlike.map(({ name, kind }) => stateOf(observer, name, kind, signal)))
}

async function listed(
  observer: Observer,
  name: string,
  kind: TaskKind,
  signal: AbortSignal,
): Promise<readonly Poller[]> {
  return (await stateOf(observer, name, kind, signal)).pollers
}

async function stateOf(
  observer: Observer,
  name: string,
  kind: TaskKind,
  signal: AbortSignal,
): Promise<QueueState> {
  const { pollers, stats } = await withCallSignal(signal, observer, () =>
    observer.client.workflowService.describeTaskQueue({
      namespace: observer.namespace,
      taskQueue: { name },
      taskQueueType: typeOf[kind],
      reportStats: true,
    }),
  )
  return {
    queue: name,
    polls: kind,
    pollers: (pollers ?? []).map(({ identity, lastAccessTime }) => ({
      identity: identity ?? '',
      lastAccessWallMs: optionalTsToMs(lastAccessTime) ?? 0,
    })),
    backlog: {
      tasks: Number(stats?.approximateBacklogCount ?? 0),
      ageMs: optionalTsToMs(stats?.approximateBacklogAge) ?? 0,
    },
  }
}
