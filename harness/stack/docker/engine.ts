// The container engine: found as testcontainers finds it, so that `DOCKER_*` and `TESTCONTAINERS_*` keep their meaning.
import { connect } from 'node:net'
import type Dockerode from 'dockerode'
import { getContainerRuntimeClient } from 'testcontainers'
import { ChaosError, messageOf } from '../../errors.ts'
import { defaultSocket } from './engine-place.ts'
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

/** @throws ChaosError `CHAOS_ENGINE_MISSING`, `CHAOS_ENGINE_REFUSED` */
export async function openEngine(env: NodeJS.ProcessEnv): Promise<Engine> {
  const client = await getContainerRuntimeClient().catch(async (thrown: unknown) => {
    throw await whyNoEngine(env, thrown)
  })
  // testcontainers goes on to the next place where the named one does not answer: another engine than was asked for.
  if (!isTheNamedOne(client.container.dockerode, env)) throw await whyNoEngine(env)
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

/** Where `DOCKER_HOST` names none, any will do. */
function isTheNamedOne({ modem }: Dockerode, { DOCKER_HOST: named }: NodeJS.ProcessEnv): boolean {
  if (named === undefined || !URL.canParse(named)) return named === undefined
  const { protocol, pathname, hostname } = new URL(named)
  const { socketPath, host } = modem as Made
  return protocol === 'unix:' || protocol === 'npipe:' ? socketPath === pathname : host === hostname
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

const startHint =
  'Start one, say where it is with DOCKER_HOST, or leave containers out: --backend process needs none.'

/** testcontainers tries several places and says only that none worked. */
async function whyNoEngine(env: NodeJS.ProcessEnv, cause?: unknown): Promise<ChaosError> {
  const given = env['DOCKER_HOST']
  if (given !== undefined && !given.startsWith('unix://')) {
    return new ChaosError(`no container engine answers at DOCKER_HOST=${given}`, {
      code: 'CHAOS_ENGINE_MISSING',
      hint: startHint,
      cause,
    })
  }
  const socket = given === undefined ? defaultSocket : new URL(given).pathname
  const refusal = await refusalOf(socket)
  if (refusal === 'EACCES' || refusal === 'EPERM') {
    return new ChaosError(`the container engine refuses you: ${socket} may not be opened (${refusal})`, {
      code: 'CHAOS_ENGINE_REFUSED',
      hint: 'Join the group that may (usually "docker", then log in again), use a rootless engine, or --backend process.',
      cause,
    })
  }
  const what =
    refusal === 'ENOENT'
      ? `there is no container engine: ${socket} does not exist`
      : refusal === 'ECONNREFUSED'
        ? `there is no container engine: nobody answers at ${socket}`
        : cause === undefined
          ? `the container engine at ${socket} answers, but testcontainers does not take it (DEBUG=testcontainers says why)`
          : `the container engine at ${socket} does not work: ${messageOf(cause)}`
  return new ChaosError(what, { code: 'CHAOS_ENGINE_MISSING', hint: startHint, cause })
}

/** The error code of a connection to a socket; undefined where it can be made. */
function refusalOf(socket: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const connection = connect(socket)
    connection.once('connect', () => {
      connection.destroy()
      resolve(undefined)
    })
    connection.once('error', (error: NodeJS.ErrnoException) => resolve(error.code))
  })
}
