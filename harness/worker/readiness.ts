// When a worker is ready: pollers of its own poll all of its task queues.
import type { Deadline } from '../core/deadline.ts'
import { ChaosError } from '../core/errors.ts'
import type { Observer } from '../temporal/observer.ts'
import { pollersOf, pollEveryMs, type PolledQueue } from '../temporal/pollers.ts'
import { deathOf, type Incarnation } from './incarnation.ts'
import type { IsNew } from './newcomers.ts'

export interface ReadyOptions {
  /** The task queues that the service has seen somebody poll, for the error. @default unknown */
  readonly polledAnywhere: (() => Promise<readonly string[]>) | undefined
  /** The cluster's address, as the worker was told it. */
  readonly address: string
}

/**
 * Waits until newcomers poll everything. @returns their identities
 * @throws ChaosError `CHAOS_WORKER_NOT_READY` at the deadline, with what is polled instead; `CHAOS_WORKER_DIED` if the
 *   process ends before
 */
export async function untilReady(
  incarnation: Incarnation,
  queues: readonly PolledQueue[],
  isNew: IsNew,
  observer: Observer,
  deadline: Deadline,
  options: ReadyOptions,
): Promise<string[]> {
  try {
    return await untilPolled(incarnation, queues, isNew, observer, deadline)
  } catch (thrown) {
    const isAttached = incarnation.process.attached !== null
    throw await withPolled(thrown, queues, { ...options, isAttached })
  }
}

function untilPolled(
  incarnation: Incarnation,
  queues: readonly PolledQueue[],
  isNew: IsNew,
  observer: Observer,
  deadline: Deadline,
): Promise<string[]> {
  return deadline.poll(
    async (signal) => {
      if (incarnation.process.exit !== null) throw await deathOf(incarnation)
      return pollersOf(observer, queues, isNew, signal)
    },
    {
      what: `worker ${incarnation.label} to poll ${queues.map(({ name }) => name).join(' and ')}`,
      everyMs: pollEveryMs,
      code: 'CHAOS_WORKER_NOT_READY',
      kind: 'unmet',
      subject: incarnation.label,
      hint: `Its log is ${incarnation.logFile}.`,
      stopOn: (thrown) => thrown instanceof ChaosError && thrown.code === 'CHAOS_WORKER_DIED',
    },
  )
}

/**
 * An error of a worker that did not come to poll, with what is polled instead.
 * If nobody can tell, nothing is added.
 */
export async function withPolled(
  thrown: unknown,
  queues: readonly PolledQueue[],
  { polledAnywhere, address, isAttached }: ReadyOptions & { readonly isAttached: boolean },
): Promise<unknown> {
  if (!(thrown instanceof ChaosError) || thrown.code !== 'CHAOS_WORKER_NOT_READY') return thrown
  const polled = await polledAnywhere?.().catch(() => undefined)
  if (polled === undefined && !isAttached) return thrown
  const way = isAttached
    ? `The harness cannot lead a worker that runs already to this cluster: it has to connect to ${address} by itself.`
    : `Let it read TEMPORAL_ADDRESS: this cluster listens on ${address}.`
  const hint = `Declare the task queues that the worker polls. ${way} ${thrown.hint ?? ''}`
  return new ChaosError(`${thrown.message}${polled === undefined ? '' : `; ${insteadOf(queues, polled)}`}`, {
    code: thrown.code,
    kind: thrown.kind,
    hint: hint.trim(),
    cause: thrown,
    ...(thrown.subject === undefined ? {} : { subject: thrown.subject }),
  })
}

function insteadOf(queues: readonly PolledQueue[], polled: readonly string[]): string {
  const wanted = queues.map(({ name }) => name)
  const others = polled.filter((name) => !wanted.includes(name))
  if (wanted.every((name) => polled.includes(name)))
    return 'nobody has polled it since this start, or somebody who lives polls it by the same identity'
  return others.length > 0
    ? `the service was polled for ${others.join(', ')}, and not for ${wanted.join(' and ')}`
    : 'nobody has polled this service: the worker polls another one, or nothing yet'
}
