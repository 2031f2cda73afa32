// Finds a container engine before testcontainers searches for one: within a time limit, by questions alone,
// and with the reason if there is none.
import Dockerode from 'dockerode'
import { Deadline } from '../../core/deadline.ts'
import { ChaosError, messageOf } from '../../core/errors.ts'
import { defaultSocket, describeHost, dockerHosts, hostOf, socketOf, type DockerHost } from './docker-host.ts'
import { engineStatus } from './failures.ts'
import { publishedHost } from './published-host.ts'

export interface FoundEngine {
  readonly at: DockerHost
  /** Where its published ports are reached, if testcontainers cannot find that out by asking. */
  readonly host: string | undefined
}

export const startHint =
  'Start one, say where it is with DOCKER_HOST, or leave containers out: --backend process needs none.'

/** An engine on a machine under load takes seconds to answer. */
export const engineAnswersMs = 10_000

/**
 * The first engine that answers.
 * @throws ChaosError `CHAOS_ENGINE_MISSING`, `CHAOS_ENGINE_REFUSED`: why the first one does not
 */
export async function findEngine(
  env: NodeJS.ProcessEnv,
  limitMs: number = engineAnswersMs,
): Promise<FoundEngine> {
  let first: ChaosError | undefined
  for (const at of dockerHosts(env)) {
    const socket = socketOf(at)
    // testcontainers asks an engine over a network, with the certificates that its settings name.
    if (socket === undefined) return { at, host: networkHost(at) }
    try {
      return { at, host: await askSocket(socket, limitMs) }
    } catch (thrown) {
      // It does not answer: testcontainers would wait for it without end.
      if (thrown instanceof ChaosError) throw thrown
      first ??= socketFailure(socket, thrown)
    }
  }
  throw first ?? engineMissing(`there is no container engine: ${defaultSocket} does not exist`)
}

function networkHost(at: DockerHost): string {
  const host = hostOf(at)
  if (host !== undefined) return host
  throw engineMissing(
    `no container engine can be at ${describeHost(at)}: only unix, tcp, http and https are known`,
  )
}

async function askSocket(socketPath: string, limitMs: number): Promise<string | undefined> {
  // This limit only closes the connection of a question that nobody waits for any more.
  const docker = new Dockerode({ socketPath, timeout: 2 * limitMs })
  const asked = docker.info().then(() => publishedHost(docker, socketPath))
  return Deadline.after(limitMs).race(asked, {
    what: `the container engine at ${socketPath}, which does not answer`,
    code: 'CHAOS_ENGINE_MISSING',
    hint: startHint,
  })
}

function socketFailure(socket: string, thrown: unknown): ChaosError {
  const reason = engineStatus(thrown) ?? (thrown as NodeJS.ErrnoException).code
  if (reason === 'EACCES' || reason === 'EPERM') {
    return engineRefused(`${socket} may not be opened (${reason})`, thrown)
  }
  if (reason === 401 || reason === 403) {
    return engineRefused(`${socket} answers ${messageOf(thrown).trim()}`, thrown)
  }
  if (reason === 'ENOENT') {
    return engineMissing(`there is no container engine: ${socket} does not exist`, thrown)
  }
  if (reason === 'ECONNREFUSED') {
    return engineMissing(`there is no container engine: nobody answers at ${socket}`, thrown)
  }
  return engineMissing(`the container engine at ${socket} does not work: ${messageOf(thrown).trim()}`, thrown)
}

export function engineMissing(message: string, cause?: unknown): ChaosError {
  return new ChaosError(message, { code: 'CHAOS_ENGINE_MISSING', hint: startHint, cause })
}

function engineRefused(how: string, cause: unknown): ChaosError {
  return new ChaosError(`the container engine refuses you: ${how}`, {
    code: 'CHAOS_ENGINE_REFUSED',
    hint: 'Join the group that may (usually "docker", then log in again), use a rootless engine, or --backend process.',
    cause,
  })
}
