// Why an engine did not start a container, told so that somebody can do something about it.
import { ChaosError, messageOf, toChaosError } from '../../errors.ts'
import { engineDisk, saysDiskFull } from '../service/disk-full.ts'
import { portTaken, type TakenPort } from '../service/on-free-ports.ts'
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

/** @throws ChaosError `CHAOS_DISK_FULL`, `CHAOS_IMAGE_UNFIT`, `CHAOS_ENGINE_LOST`, `CHAOS_ENGINE_FAILED` for what `start` throws */
export async function explained<T>(image: string, start: () => Promise<T>): Promise<T> {
  try {
    return await start()
  } catch (thrown) {
    throw explain(image, thrown)
  }
}

export function explain(image: string, thrown: unknown): ChaosError {
  if (thrown instanceof ChaosError) return thrown
  const said = messageOf(thrown)
  if (saysDiskFull(said)) {
    return new ChaosError(`no space is left where the container engine keeps its data: ${said}`, {
      code: 'CHAOS_DISK_FULL',
      hint: engineDisk.whenFull,
      cause: thrown,
    })
  }
  if (
    /executable file not found|no such file or directory|unable to find user|permission denied/i.test(said)
  ) {
    return new ChaosError(`${image} does not meet the contract: ${said}`, {
      code: 'CHAOS_IMAGE_UNFIT',
      hint: 'docker/images/README.md says what an image must have.',
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
  return new ChaosError(`the container engine cannot start ${image}: ${said}`, {
    code: 'CHAOS_ENGINE_FAILED',
    cause: thrown,
  })
}
