// When a worker is ready: new pollers poll all of its task queues. The service lists dead pollers for minutes, so a start is
// told by the identities that it adds.
import type { Deadline } from '../core/deadline.ts'
import { ChaosError } from '../core/errors.ts'
import type { Observer } from '../temporal/observer.ts'
import { listedPollers, pollersOf, pollEveryMs, type PolledQueue } from '../temporal/pollers.ts'
import { deathOf, type Incarnation } from './incarnation.ts'

/** A server that is down or frozen must not keep a worker from being started. */
const withinMs = 1_000

/**
 * To be asked for before a start: tells the identities that were there by then from those that come after it.
 * @param known identities that were there whatever the service lists; a server that was restarted lists none of them
 * @throws what the deadline's signal is aborted with
 */
export async function newcomersTo(
  queues: readonly PolledQueue[],
  known: ReadonlySet<string>,
  observer: Observer,
  deadline: Deadline,
): Promise<(identity: string) => boolean> {
  const signal = AbortSignal.any([deadline.signal, AbortSignal.timeout(withinMs)])
  // Without an answer the known ones have to do.
  const listed = await listedPollers(observer, queues, signal).catch(() => [])
  deadline.signal.throwIfAborted()
  const before = new Set([...listed, ...known])
  return (identity) => !before.has(identity)
}

/**
 * Waits until newcomers poll everything. @returns their identities
 * @throws ChaosError `CHAOS_WORKER_NOT_READY` at the deadline, `CHAOS_WORKER_DIED` if the process ends before
 */
export async function untilReady(
  incarnation: Incarnation,
  queues: readonly PolledQueue[],
  isNew: (identity: string) => boolean,
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
