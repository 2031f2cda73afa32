// Looks for a container engine before testcontainers does: within a time, by questions alone, and telling why there is none.
import Dockerode from 'dockerode'
import { Deadline } from '../../core/deadline.ts'
import { ChaosError, messageOf } from '../../core/errors.ts'
import { hostToSay } from './engine-host.ts'
import { defaultSocket, enginePlaces, hostOf, socketOf, type EnginePlace } from './engine-place.ts'
import { engineStatus } from './engine-status.ts'

export interface SeenEngine {
  readonly place: EnginePlace
  /** Where its published ports are reached, where testcontainers cannot know it by asking. */
  readonly host: string | undefined
}

export const startHint =
  'Start one, say where it is with DOCKER_HOST, or leave containers out: --backend process needs none.'

/** An engine on a machine under load takes seconds. */
export const engineAnswersMs = 10_000

/** The first that answers. @throws ChaosError `CHAOS_ENGINE_MISSING`, `CHAOS_ENGINE_REFUSED`: why the first one does not */
export async function lookForEngine(
  env: NodeJS.ProcessEnv,
  limitMs: number = engineAnswersMs,
): Promise<SeenEngine> {
  let first: ChaosError | undefined
  for (const place of enginePlaces(env)) {
    const socket = socketOf(place)
    // One over a network is asked by testcontainers, with the certificates that its settings name.
    if (socket === undefined) return { place, host: networkHost(place) }
    try {
      return { place, host: await askSocket(socket, limitMs) }
    } catch (thrown) {
      // testcontainers would wait there for ever.
      if (thrown instanceof ChaosError) throw thrown
      first ??= whyNotAt(socket, thrown)
    }
  }
  throw first ?? missing(`there is no container engine: ${defaultSocket} does not exist`)
}

function networkHost(place: EnginePlace): string {
  const host = hostOf(place)
  if (host !== undefined) return host
  throw missing(`no container engine can be at ${named(place)}: only unix, tcp, http and https are known`)
}

async function askSocket(socketPath: string, limitMs: number): Promise<string | undefined> {
  // Its own limit only closes the connection of a question that nobody waits for any more.
  const docker = new Dockerode({ socketPath, timeout: 2 * limitMs })
  const asked = docker.info().then(() => hostToSay(docker, socketPath))
  return Deadline.after(limitMs).race(asked, {
    what: `the container engine at ${socketPath}, which does not answer`,
    code: 'CHAOS_ENGINE_MISSING',
    hint: startHint,
  })
}

/** @param thrown by a question to the engine */
function whyNotAt(socket: string, thrown: unknown): ChaosError {
  const reason = engineStatus(thrown) ?? (thrown as NodeJS.ErrnoException).code
  if (reason === 'EACCES' || reason === 'EPERM') {
    return refused(`${socket} may not be opened (${reason})`, thrown)
  }
  if (reason === 401 || reason === 403)
    return refused(`${socket} answers ${messageOf(thrown).trim()}`, thrown)
  if (reason === 'ENOENT') return missing(`there is no container engine: ${socket} does not exist`, thrown)
  if (reason === 'ECONNREFUSED') {
    return missing(`there is no container engine: nobody answers at ${socket}`, thrown)
  }
  return missing(`the container engine at ${socket} does not work: ${messageOf(thrown).trim()}`, thrown)
}

/** As its user knows it. */
export function named({ url, by }: EnginePlace): string {
  return by === null ? url : `${by}=${url}`
}

export function missing(message: string, cause?: unknown): ChaosError {
  return new ChaosError(message, { code: 'CHAOS_ENGINE_MISSING', hint: startHint, cause })
}

function refused(how: string, cause: unknown): ChaosError {
  return new ChaosError(`the container engine refuses you: ${how}`, {
    code: 'CHAOS_ENGINE_REFUSED',
    hint: 'Join the group that may (usually "docker", then log in again), use a rootless engine, or --backend process.',
    cause,
  })
}
