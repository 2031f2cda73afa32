// Tells the pollers of a worker that is being started from those that were there before. The service goes on listing dead
// pollers for minutes, and some workers poll by the same identity at every start.
import type { ClockOffset } from '../temporal/clock-offset.ts'
import type { Deadline } from '../core/deadline.ts'
import type { Observer } from '../temporal/observer.ts'
import { listedPollers, type Poller, type PolledQueue } from '../temporal/pollers.ts'
import { hasEnded } from '../temporal/default-identity.ts'
import type { Incarnation } from './incarnation.ts'
import type { Attached } from './worker-process.ts'

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

/** A poll is answered within a minute. Whoever has not polled for longer is gone. */
const pollsWithinMs = 70_000

export interface AttachedBefore extends Pick<Before, 'living'> {
  /** When its process was started, by the server's clock. */
  readonly startedWallMs: number
  readonly nowWallMs: number
}

/** Of a worker that runs already: whoever polls now, has polled since its process was started, and is nobody else. */
export function pollerOfAttached({ living, startedWallMs, nowWallMs }: AttachedBefore): IsNew {
  return ({ identity, lastAccessWallMs }) =>
    !living.has(identity) &&
    !hasEnded(identity) &&
    lastAccessWallMs > Math.max(startedWallMs, nowWallMs - pollsWithinMs)
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
  return newcomer({
    seen: new Set([...listed, ...identitiesOf(incarnations)]),
    living: livingOf(incarnations),
    sinceWallMs: onServerClock(Date.now(), clockOffset),
  })
}

/** As `newcomers`, once an attached worker is found. */
export function attachedPollers(
  { startedWallMs }: Attached,
  { incarnations, clockOffset }: Pick<NewcomersOptions, 'incarnations' | 'clockOffset'>,
): IsNew {
  const living = livingOf(incarnations)
  const started = onServerClock(startedWallMs, clockOffset)
  return (poller) =>
    pollerOfAttached({
      living,
      startedWallMs: started,
      nowWallMs: Date.now() + (clockOffset?.offsetMs ?? 0),
    })(poller)
}

function livingOf(incarnations: NewcomersOptions['incarnations']): ReadonlySet<string> {
  return new Set(identitiesOf(incarnations.filter(({ process }) => process.exit === null)))
}

/** This instant by the server's clock, and not before it, whatever the error of the measurement. */
function onServerClock(wallMs: number, clockOffset: ClockOffset | null): number {
  const { offsetMs, errorMs } = clockOffset ?? { offsetMs: 0, errorMs: 0 }
  return wallMs + offsetMs + errorMs
}

function identitiesOf(incarnations: readonly Pick<Incarnation, 'identities'>[]): string[] {
  return incarnations.flatMap(({ identities }) => identities)
}
