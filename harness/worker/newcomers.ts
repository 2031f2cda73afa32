// Tells the pollers of a worker that is being started from those that were there before. The service goes on listing dead
// pollers for minutes, and some workers poll by the same identity at every start.
import type { ClockOffset } from '../temporal/clock-offset.ts'
import type { Deadline } from '../core/deadline.ts'
import type { Observer } from '../temporal/observer.ts'
import { listedPollers, type Poller, type PolledQueue } from '../temporal/pollers.ts'
import type { Incarnation } from './incarnation.ts'

/** A server that is down or frozen must not keep a worker from being started. */
const withinMs = 1_000

export type IsNew = (poller: Poller) => boolean

export interface Before {
  /** Identities that somebody had before: the service lists them, or an incarnation of this run was known by them. */
  readonly seen: ReadonlySet<string>
  /** Those of incarnations that live. Their polls and those of a newcomer with the same identity look alike. */
  readonly living: ReadonlySet<string>
  /** The start, by the server's clock. Later polls are not those of the dead. */
  readonly sinceWallMs: number
}

/** An identity that is used again counts once it has polled after the start, if nobody who lives polls by it. */
export function newcomer({ seen, living, sinceWallMs }: Before): IsNew {
  return ({ identity, lastAccessWallMs }) =>
    !living.has(identity) && (!seen.has(identity) || lastAccessWallMs > sinceWallMs)
}

export interface NewcomersOptions {
  readonly queues: readonly PolledQueue[]
  /** Of all workers of the run, those that live and those that do not. */
  readonly incarnations: readonly Pick<Incarnation, 'identities' | 'process'>[]
  readonly observer: Observer
  /** Null if the service has the clock of this machine. */
  readonly clockOffset: ClockOffset | null
  readonly deadline: Deadline
}

/**
 * To be asked for right before a start.
 * @throws what the deadline's signal is aborted with
 */
export async function newcomers(options: NewcomersOptions): Promise<IsNew> {
  const { queues, incarnations, observer, clockOffset, deadline } = options
  const signal = AbortSignal.any([deadline.signal, AbortSignal.timeout(withinMs)])
  // Without an answer, what this run knows has to do. A server that was restarted lists nobody.
  const listed = await listedPollers(observer, queues, signal).catch(() => [])
  deadline.signal.throwIfAborted()
  const living = incarnations.filter(({ process }) => process.exit === null)
  return newcomer({
    seen: new Set([...listed, ...identitiesOf(incarnations)]),
    living: new Set(identitiesOf(living)),
    sinceWallMs: serverNowMs(clockOffset),
  })
}

/** Not before this instant by the server's clock, whatever the error of its measurement. */
function serverNowMs(clockOffset: ClockOffset | null): number {
  const { offsetMs, errorMs } = clockOffset ?? { offsetMs: 0, errorMs: 0 }
  return Date.now() + offsetMs + errorMs
}

function identitiesOf(incarnations: readonly Pick<Incarnation, 'identities'>[]): string[] {
  return incarnations.flatMap(({ identities }) => identities)
}
