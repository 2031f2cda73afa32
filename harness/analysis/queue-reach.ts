// What a worker has to do with a piece of work: only tasks of the queues that it polls wait for it.
import type { PolledQueue, TaskKind } from '../temporal/pollers.ts'

/**
 * Whether a worker with these queues takes such tasks from the queue.
 * @param polled null if its queues are not known; it then takes everything, and so it does if the queue is not known
 */
export function takes(
  polled: readonly PolledQueue[] | null,
  kind: TaskKind,
  queue: string | undefined,
): boolean {
  if (polled === null || queue === undefined) return true
  return polled.some(({ name, polls }) => name === queue && polls.includes(kind))
}

/** Whether a worker that polls `own` can stand in for one that polls `wanted`. Unknown queues say nothing. */
export function takesAll(
  own: readonly PolledQueue[] | undefined,
  wanted: readonly PolledQueue[] | null,
): boolean {
  if (own === undefined || wanted === null) return false
  return wanted.every(({ name, polls }) => polls.every((kind) => takes(own, kind, name)))
}
