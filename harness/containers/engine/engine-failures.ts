// Why an engine did not start a container, told so that somebody can do something about it.
import { ChaosError, messageOf, toChaosError, type ChaosErrorOptions } from '../../core/errors.ts'
import { engineDisk, isDiskFullMessage } from '../../core/disk-full.ts'
import { portTaken, type TakenPort } from '../../processes/on-free-ports.ts'
import { engineStatus } from './engine-status.ts'

/** A port that somebody else took between the look for a free one and the start. */
export const takenPort: TakenPort = {
  complaint: async (thrown) => portTaken(messageOf(thrown)),
  forget: async () => {},
}

/** The error of an engine that goes away while containers run. */
export function engineLost(message: string, cause?: unknown): ChaosError {
  return new ChaosError(message, {
    code: 'CHAOS_ENGINE_LOST',
    hint: 'Look for the engine’s own log; the campaign cannot go on without it.',
    cause,
  })
}

/** What a container's image has to do is written there. */
export const unfitHint = 'docker/images/README.md says what an image must have.'

/** @throws ChaosError `CHAOS_DISK_FULL`, `CHAOS_IMAGE_UNFIT`, `CHAOS_ENGINE_LOST`, `CHAOS_ENGINE_FAILED` for what `start` throws */
export async function explained<T>(image: string, start: () => Promise<T>): Promise<T> {
  try {
    return await start()
  } catch (thrown) {
    throw explain(image, thrown)
  }
}

/**
 * @param action what the engine was asked to do; an image can only be unfit if its container never started
 * @param otherwise the error's code if the failure is none that is known here
 */
export function explain(
  name: string,
  thrown: unknown,
  action = 'start',
  otherwise: ChaosErrorOptions = { code: 'CHAOS_ENGINE_FAILED' },
): ChaosError {
  if (thrown instanceof ChaosError) return thrown
  const said = messageOf(thrown)
  if (isDiskFullMessage(said)) {
    return new ChaosError(`no space is left where the container engine keeps its data: ${said}`, {
      code: 'CHAOS_DISK_FULL',
      hint: engineDisk.whenFull,
      cause: thrown,
    })
  }
  if (
    action === 'start' &&
    /executable file not found|no such file or directory|unable to find user|permission denied/i.test(said)
  ) {
    return new ChaosError(`${name} does not meet the contract: ${said}`, {
      code: 'CHAOS_IMAGE_UNFIT',
      hint: unfitHint,
      cause: thrown,
    })
  }
  if (
    ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE'].includes((thrown as NodeJS.ErrnoException).code ?? '')
  ) {
    return new ChaosError(`the container engine does not answer any more: ${said}`, {
      code: 'CHAOS_ENGINE_LOST',
      hint: 'Look for the engine’s own log, and whether it was restarted.',
      cause: thrown,
    })
  }
  if (engineStatus(thrown) === undefined && !(thrown instanceof Error)) return toChaosError(thrown)
  return new ChaosError(`the container engine cannot ${action} ${name}: ${said.trim()}`, {
    ...otherwise,
    cause: thrown,
  })
}
