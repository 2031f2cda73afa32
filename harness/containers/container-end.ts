// Waits for the end of a container, as its engine reports it.
import { constants } from 'node:os'
import type { Readable } from 'node:stream'
import { json } from 'node:stream/consumers'
import type Dockerode from 'dockerode'
import { z } from 'zod'
import { monotonicMs } from '../core/clock.ts'
import type { Exit } from '../processes/session.ts'
import { engineLost } from './engine/failures.ts'

/** As in a shell: 128 plus the signal's number. */
const signalBase = 128

/** An exit code above 128 names the signal that ended the main process. */
export function exitOf(statusCode: number, atMs: number): Exit {
  const number = statusCode - signalBase
  const [signal] = Object.entries(constants.signals).find(([, value]) => value === number) ?? []
  return signal === undefined
    ? { code: statusCode, signal: null, atMs }
    : { code: null, signal: signal as NodeJS.Signals, atMs }
}

const waitSchema = z.object({ StatusCode: z.number() })

/** Part of docker-modem, which has no types of its own. */
interface Dialing {
  dial(
    options: { path: string; method: string; isStream: boolean; statusCodes: Record<number, true | string> },
    done: (error: Error | null, answer: Readable) => void,
  ): void
}

/**
 * The engine sends the head of its answer at once and the body at the end of the container. dockerode's own
 * `wait` never settles if the connection breaks between the two.
 */
function waiting({ id, modem }: Dockerode.Container): Promise<Readable> {
  return new Promise((resolve, reject) => {
    ;(modem as Dialing).dial(
      {
        path: `/containers/${id}/wait?condition=not-running`,
        method: 'POST',
        isStream: true,
        statusCodes: { 200: true, 404: 'no such container' },
      },
      (error, answer) => (error === null ? resolve(answer) : reject(error)),
    )
  })
}

/**
 * Resolves once the container does not run any more.
 * @throws ChaosError `CHAOS_ENGINE_LOST` if the engine goes away meanwhile
 */
export async function endOfContainer(container: Dockerode.Container): Promise<Exit> {
  try {
    const { StatusCode } = waitSchema.parse(await json(await waiting(container)))
    return exitOf(StatusCode, monotonicMs())
  } catch (thrown) {
    throw engineLost(
      'the container engine did not tell how a container ended: it is gone or was restarted',
      thrown,
    )
  }
}
