// How containers end, as their engine tells it.
import { constants } from 'node:os'
import type Dockerode from 'dockerode'
import { monotonicMs } from '../../clock.ts'
import { ChaosError } from '../../errors.ts'
import type { Exit } from '../session.ts'

/** A shell's way to say it: 128 and the signal's number. */
const signalBase = 128

/** An exit code of 128 and more tells of the signal that ended the main process. */
export function exitOf(statusCode: number, atMs: number): Exit {
  const number = statusCode - signalBase
  const [signal] = Object.entries(constants.signals).find(([, value]) => value === number) ?? []
  return signal === undefined
    ? { code: statusCode, signal: null, atMs }
    : { code: null, signal: signal as NodeJS.Signals, atMs }
}

/**
 * Resolves once the container does not run any more; asks the engine at once.
 * @throws ChaosError `CHAOS_ENGINE_LOST` where the engine goes away meanwhile
 */
export async function endOfContainer(container: Dockerode.Container): Promise<Exit> {
  try {
    const { StatusCode } = (await container.wait({ condition: 'not-running' })) as { StatusCode: number }
    return exitOf(StatusCode, monotonicMs())
  } catch (thrown) {
    throw new ChaosError(
      `the container engine did not tell how a container ended: it is gone or was restarted`,
      {
        code: 'CHAOS_ENGINE_LOST',
        hint: 'Look for the engine’s own log; the campaign cannot go on without it.',
        cause: thrown,
      },
    )
  }
}
