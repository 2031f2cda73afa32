// Waits until a service that was just started serves, and says why it does not.
import { Deadline } from '../../core/deadline.ts'
import { ChaosError, messageOf } from '../../core/errors.ts'
import type { Exit } from '../../processes/session.ts'
import { diskFullOr } from '../../core/disk-full.ts'
import { tailOf, type Log } from '../../processes/log-tail.ts'
import { diedOfPanic } from './panics.ts'
import type { Service } from '../service.ts'

const readyMs = 30_000
const everyMs = 10

export interface Starting {
  readonly name: Service['name'] | 'temporal-ui'
  readonly exited: Promise<Exit>
  readonly log: Log
  readonly signal: AbortSignal
}

/**
 * Tries until `attempt` succeeds.
 * @throws what the signal was aborted with, or ChaosError `CHAOS_SERVICE_NOT_READY` with the end of the log:
 *   after 30 s, or at once if it exits; `CHAOS_DISK_FULL` if that is the reason
 */
export async function untilServing<T>(starting: Starting, attempt: () => Promise<T>): Promise<T> {
  const exited = new AbortController()
  void starting.exited.then((exit) => exited.abort(new Error(endingOf(exit))))
  const deadline = Deadline.after(readyMs, AbortSignal.any([starting.signal, exited.signal]))
  try {
    const made = async () => ({ value: await attempt() })
    const { value } = await deadline.poll(made, {
      what: 'it to serve',
      everyMs,
      code: 'CHAOS_SERVICE_NOT_READY',
    })
    return value
  } catch (thrown) {
    starting.signal.throwIfAborted()
    throw await notReady(starting, thrown)
  }
}

/**
 * For an exit that the harness did not cause. A panic is a broken promise of the system, unless its disk was
 * full.
 */
export async function serviceDied(name: Service['name'], exit: Exit, log: Log): Promise<ChaosError> {
  const said = await log.end()
  if (diedOfPanic(said)) {
    return new ChaosError(`${name} panicked; the end of its log:\n${await tailOf(log)}`, {
      code: 'CHAOS_SERVICE_PANICKED',
      kind: 'unmet',
    })
  }
  return new ChaosError(
    `${name} ${endingOf(exit)}; the end of its log:\n${await tailOf(log)}`,
    diskFullOr(said, log.disk, {
      code: 'CHAOS_SERVICE_DIED',
      hint: 'Nobody asked it to. Look for the cause in its log, and whether the machine ran out of memory.',
    }),
  )
}

/** How a process ended, worded to follow its name. */
export function endingOf(exit: Exit): string {
  return exit.signal === null ? `exited with ${exit.code}` : `was ended by ${exit.signal}`
}

async function notReady({ name, log }: Starting, cause: unknown): Promise<ChaosError> {
  return new ChaosError(
    `${name} does not start: ${messageOf(cause)}; the end of its log:\n${await tailOf(log)}`,
    diskFullOr(await log.end(), log.disk, { code: 'CHAOS_SERVICE_NOT_READY', cause }),
  )
}
