// The container engine: found as testcontainers finds it, so that `DOCKER_*` and `TESTCONTAINERS_*` keep their meaning.
import type Dockerode from 'dockerode'
import type { ContainerRuntimeClient } from 'testcontainers'
import { Deadline } from '../../core/deadline.ts'
import type { ChaosError } from '../../core/errors.ts'
import { findRuntime } from '../testcontainers.ts'
import { engineAnswersMs, lookForEngine, missing, named, startHint, type SeenEngine } from './engine-look.ts'
import { hostOf, socketOf, type EnginePlace } from './engine-place.ts'
import { isOwnAddress } from './own-address.ts'

export interface Engine {
  readonly docker: Dockerode
  /** How another process reaches it. */
  readonly reach: Dockerode.DockerOptions
  readonly version: string
  /** Host at which published ports are reached. */
  readonly host: string
  /** Address that ports are published on: the loopback address where the engine is this machine's. */
  readonly publishOn: string
  readonly cpus: number
}

/**
 * Pulls and starts nothing.
 * @param env the process's own: testcontainers reads it from there
 * @param limitMs for its answers, in milliseconds
 * @throws ChaosError `CHAOS_ENGINE_MISSING`, `CHAOS_ENGINE_REFUSED`
 */
export async function openEngine(env: NodeJS.ProcessEnv, limitMs: number = engineAnswersMs): Promise<Engine> {
  const seen = await lookForEngine(env, limitMs)
  const client = await Deadline.after(limitMs).race(clientAt(env, seen), {
    what: `the container engine at ${named(seen.place)}, which does not answer`,
    code: 'CHAOS_ENGINE_MISSING',
    hint: startHint,
  })
  const { host, serverVersion, cpus } = client.info.containerRuntime
  // testcontainers names the bridge's address where it takes this machine for a container, which it may only look like.
  const isLocal = host === 'localhost' || (await isOwnAddress(host))
  return {
    docker: client.container.dockerode,
    reach: reachOf(client.container.dockerode),
    version: String(serverVersion),
    host: isLocal ? '127.0.0.1' : host,
    publishOn: isLocal ? '127.0.0.1' : '0.0.0.0',
    cpus,
  }
}

async function clientAt(
  env: NodeJS.ProcessEnv,
  { place, host }: SeenEngine,
): Promise<ContainerRuntimeClient> {
  const client = await findRuntime(env, host).catch((thrown: unknown) => {
    throw noneAt(place, thrown)
  })
  // testcontainers goes on to the next place where the named one does not answer: another engine than was asked for.
  if (place.by !== null && !isAt(place, client.container.dockerode)) throw noneAt(place)
  return client
}

/** testcontainers tries several places and says only that none worked. */
function noneAt(place: EnginePlace, cause?: unknown): ChaosError {
  return socketOf(place) === undefined
    ? missing(`no container engine answers at ${named(place)}`, cause)
    : missing(
        `the container engine at ${named(place)} answers, but testcontainers does not take it (DEBUG=testcontainers says why)`,
        cause,
      )
}

function isAt(place: EnginePlace, { modem }: Dockerode): boolean {
  const { socketPath, host } = modem as Made
  return socketPath === undefined ? host === hostOf(place) : socketPath === socketOf(place)
}

/** The modem keeps what it was made from; its types do not say so. */
function reachOf({ modem }: Dockerode): Dockerode.DockerOptions {
  const { socketPath, protocol, host, port, username, ca, cert, key } = modem as Made
  if (socketPath !== undefined) return { socketPath }
  const texts = Object.entries({ protocol, host, port, username, ca, cert, key }).flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [[name, value.toString()] as const],
  )
  return Object.fromEntries(texts)
}

type Made = Partial<
  Record<
    'socketPath' | 'protocol' | 'host' | 'port' | 'username' | 'ca' | 'cert' | 'key',
    string | Buffer | undefined
  >
> & { readonly socketPath?: string }
