// The `docker` backend: PostgreSQL and a Temporal server as containers of a session, in a network of their own.
import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Network, type StartedNetwork } from 'testcontainers'
import { ChaosError } from '../../errors.ts'
import { beginLife } from '../service/stack-life.ts'
import { watchDisk } from '../service/watch-disk.ts'
import type { Session } from '../session.ts'
import type { Stack } from '../stack.ts'
import { containerLog, saveContainerLog } from './container-log.ts'
import type { Engine } from './engine.ts'
import type { DockerGround } from './ground.ts'
import type { StackImages } from './images.ts'
import { networkName } from './marks.ts'
import { noteEngine } from './remains.ts'
import { startDatabase } from './start-database.ts'
import { startTemporal } from './start-temporal.ts'
import { startUi } from './start-ui.ts'

export interface DockerStackOptions {
  readonly session: Session
  readonly engine: Engine
  readonly images: StackImages
  /** Temporal's web interface beside it. */
  readonly ui: boolean
  /** Ends the start-up early; does nothing once the stack is there. */
  readonly signal: AbortSignal
  readonly onProgress?: (text: string) => void
}

/** What programs in containers need to take part. */
export interface Inside {
  readonly engine: Engine
  readonly network: StartedNetwork
  /** `host:port` of the Temporal frontend, in the network. */
  readonly address: string
  /** The address of this machine, as containers of the network reach it. */
  readonly gateway: string
}

export interface DockerStack extends Stack {
  readonly backend: 'docker'
  readonly inside: Inside
}

/**
 * Starts PostgreSQL and the Temporal server in containers and registers a namespace. Resolves when a workflow was started
 * in it.
 * @throws what `signal` was aborted with, or ChaosError: `CHAOS_IMAGE_UNFIT`, `CHAOS_SCHEMA_FAILED`,
 *   `CHAOS_SERVICE_NOT_READY`, `CHAOS_ENGINE_LOST`, `CHAOS_ENGINE_FAILED`, `CHAOS_DISK_FULL`, `CHAOS_NO_FREE_PORT`;
 *   nothing is left then
 */
export async function startDockerStack(options: DockerStackOptions): Promise<DockerStack> {
  const { session, engine, images, onProgress = () => undefined } = options
  options.signal.throwIfAborted()
  const life = beginLife(options.signal)
  await using undo = new AsyncDisposableStack()
  undo.defer(() => life.made())

  await noteEngine(session.folder, engine.reach)
  onProgress('making a network')
  const name = networkName(session.id, randomBytes(3).toString('hex'))
  const network = undo.use(await new Network({ nextUuid: () => name }).start())
  const ground: DockerGround = {
    session,
    engine,
    images,
    network,
    signal: life.signal,
    onProgress,
    died: life.died,
    lost: life.lost,
  }
  const database = undo.use(await startDatabase(ground))
  onProgress('starting the Temporal server')
  const temporal = undo.use(await startTemporal(ground, database.password))
  const ui = options.ui ? undo.use(await startUi(ground)) : undefined
  const gateway = await gatewayOf(engine, network)
  life.made()
  void watchDisk(life, containerLog(database.container, 'the log of postgres'))
  const made = undo.move()
  const services = [temporal, database]
  return {
    backend: 'docker',
    address: temporal.address,
    namespace: temporal.namespace,
    metricsUrl: temporal.metricsUrl,
    versions: { server: temporal.version, postgres: database.version },
    server: temporal.service,
    postgres: database.service,
    inside: { engine, network, address: temporal.addressInside, gateway },
    watched: () => [...services.flatMap(({ service }) => service.watched), ...(ui?.watched ?? [])],
    async saveLogs(folder) {
      await mkdir(folder, { recursive: true })
      await Promise.all(
        services.map(({ service, container }) =>
          saveContainerLog(container, join(folder, `${service.name}.log`)),
        ),
      )
    },
    health: life.health,
    async [Symbol.asyncDispose]() {
      life.end()
      await made.disposeAsync()
    },
  }
}

async function gatewayOf({ docker }: Engine, network: StartedNetwork): Promise<string> {
  const { IPAM } = await docker.getNetwork(network.getId()).inspect()
  const gateway = IPAM?.Config?.[0]?.Gateway
  if (gateway !== undefined) return gateway
  throw new ChaosError(`the network ${network.getName()} has no gateway address`, {
    code: 'CHAOS_ENGINE_FAILED',
  })
}
