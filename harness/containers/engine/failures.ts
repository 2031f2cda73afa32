// The engine's failures as coded errors that say what to do about them.
import { ChaosError, messageOf, toChaosError, type ChaosErrorOptions } from '../../core/errors.ts'
import { engineDisk, isDiskFullMessage } from '../../core/disk-full.ts'

/** The HTTP status of the engine's answer; undefined for any other failure. */
export function engineStatus(thrown: unknown): number | undefined {
  const status = (thrown as { statusCode?: unknown } | undefined)?.statusCode
  return typeof status === 'number' ? status : undefined
}

/** For an engine that goes away while containers run. */
export function engineLost(message: string, cause?: unknown): ChaosError {
  return new ChaosError(message, {
    code: 'CHAOS_ENGINE_LOST',
    hint: 'Look for the engine’s own log; the campaign cannot go on without it.',
    cause,
  })
}

export const unfitHint = 'docker/images/README.md says what an image must have.'

/** @throws ChaosError `CHAOS_DISK_FULL`, `CHAOS_IMAGE_UNFIT`, `CHAOS_ENGINE_LOST`, `CHAOS_ENGINE_FAILED` */
export async function explainFailedStart<T>(image: string, start: () => Promise<T>): Promise<T> {
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
