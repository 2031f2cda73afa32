// The client of the container engine that testcontainers would find, so that `DOCKER_*` and
// `TESTCONTAINERS_*` keep their meaning.
import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import Dockerode from 'dockerode'
import type { ContainerRuntimeClient } from 'testcontainers'
import { Deadline } from '../../core/deadline.ts'
import type { ChaosError } from '../../core/errors.ts'
import { findRuntime } from '../testcontainers.ts'
import { describeHost, hostOf, socketOf, type DockerHost } from './docker-host.ts'
import { engineAnswersMs, engineMissing, findEngine, startHint, type FoundEngine } from './find-engine.ts'
import { isOwnAddress } from './published-host.ts'

export interface Engine {
  readonly docker: Dockerode
  /** How another process reaches it. */
  readonly reach: Dockerode.DockerOptions
  readonly version: string
  /** Host at which published ports are reached. */
  readonly host: string
  /** Address that ports are published on: the loopback address if the engine runs on this machine. */
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
  const found = await findEngine(env, limitMs)
  const client = await Deadline.after(limitMs).race(clientAt(env, found), {
    what: `the container engine at ${describeHost(found.at)}, which does not answer`,
    code: 'CHAOS_ENGINE_MISSING',
    hint: startHint,
  })
  const { host, serverVersion, cpus } = client.info.containerRuntime
  // testcontainers names the bridge's address if this machine looks like a container, which it need not be.
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

async function clientAt(env: NodeJS.ProcessEnv, { at, host }: FoundEngine): Promise<ContainerRuntimeClient> {
  const client = await findRuntime(env, host).catch((thrown: unknown) => {
    throw unusable(at, thrown)
  })
  // If the named engine does not answer, testcontainers tries the next one, which is not the one that was
  // asked for.
  if (at.setBy !== null && !isAt(at, client.container.dockerode)) throw unusable(at)
  return client
}

/** testcontainers tries several engines and only says that none worked. */
function unusable(at: DockerHost, cause?: unknown): ChaosError {
  const name = describeHost(at)
  return socketOf(at) === undefined
    ? engineMissing(`no container engine answers at ${name}`, cause)
    : engineMissing(
        `the container engine at ${name} answers, but testcontainers does not take it (DEBUG=testcontainers says why)`,
        cause,
      )
}

function isAt(at: DockerHost, { modem }: Dockerode): boolean {
  const { socketPath, host } = modem as ModemOptions
  return socketPath === undefined ? host === hostOf(at) : socketPath === socketOf(at)
}

function reachOf({ modem }: Dockerode): Dockerode.DockerOptions {
  const { socketPath, protocol, host, port, username, ca, cert, key } = modem as ModemOptions
  if (socketPath !== undefined) return { socketPath }
  const texts = Object.entries({ protocol, host, port, username, ca, cert, key }).flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [[name, value.toString()] as const],
  )
  return Object.fromEntries(texts)
}

/** The modem keeps the options that it was made with; its types do not say so. */
type ModemOptions = Partial<
  Record<
    'socketPath' | 'protocol' | 'host' | 'port' | 'username' | 'ca' | 'cert' | 'key',
    string | Buffer | undefined
  >
> & { readonly socketPath?: string }

/**
 * If a service manager holds the socket open, a question to an engine that stops is left waiting, not
 * refused.
 */
const pingAnswerMs = 2_000

/**
 * Whether the engine still runs. One that stops closes its socket first and ends its containers then, so a
 * container that ended by itself looks the same as one that ended with its engine. Never rejects.
 */
export async function takesConnections(reach: Dockerode.DockerOptions): Promise<boolean> {
  // A connection of its own: the engine serves the open ones to their end.
  const agent = new (reach.protocol === 'https' ? HttpsAgent : HttpAgent)({ keepAlive: false })
  // docker-modem knows the option, dockerode's types do not.
  const options: Dockerode.DockerOptions & { readonly agent: HttpAgent } = {
    ...reach,
    agent,
    timeout: pingAnswerMs,
  }
  return new Dockerode(options).ping().then(
    () => true,
    () => false,
  )
}
