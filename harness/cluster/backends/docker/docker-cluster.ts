// The `docker` backend: PostgreSQL and a Temporal server as containers of a session, in a network of their own.
import { join } from 'node:path'
import { ChaosError } from '../../../core/errors.ts'
import { makeFolder } from '../../../core/make-folder.ts'
import { createClusterLifecycle } from '../../service/cluster-lifecycle.ts'
import { watchDisk } from '../../service/watch-disk.ts'
import type { Session } from '../../../processes/session.ts'
import type { ContainerNetwork } from '../../../containers/container-network.ts'
import type { Cluster } from '../../cluster.ts'
import { databaseReader } from '../../database-reader.ts'
import { databases } from '../../service/databases.ts'
import { callEngine } from '../../../containers/engine/call-engine.ts'
import { containerLog, containerLogSince, saveContainerLog } from '../../../containers/container-log.ts'
import type { Engine } from '../../../containers/engine/client.ts'
import type { DockerEnvironment } from './docker-environment.ts'
import type { ClusterImages } from '../../../containers/images/images.ts'
import { noteEngine } from '../../../containers/cleanup/remove-session.ts'
import { startNetwork, type ClusterNetwork } from '../../../containers/start-network.ts'
import { serverInside } from './addresses.ts'
import { startDatabase } from './start-database.ts'
import { startTemporal } from './start-temporal.ts'
import { startUi } from './start-ui.ts'

/** The beginning of every container's name. */
const logAction = 'give the log of'

export interface DockerClusterOptions {
  readonly session: Session
  readonly engine: Engine
  readonly images: ClusterImages
  /** Temporal's web interface beside it. */
  readonly ui: boolean
  /** Ends the start-up early. It does nothing once the cluster is up. */
  readonly signal: AbortSignal
  /** Where the server's frontend should be published, if nothing else listens there. @default null, anywhere */
  readonly frontendPort?: number | null
  readonly onProgress?: (text: string) => void
}

export interface DockerCluster extends Cluster {
  readonly backend: 'docker'
  readonly containerNetwork: ContainerNetwork
}

/**
 * Starts PostgreSQL and the Temporal server in containers and registers a namespace. Resolves once a workflow
 * could be started in it.
 * @throws what `signal` was aborted with, or ChaosError: `CHAOS_IMAGE_UNFIT`, `CHAOS_SCHEMA_FAILED`,
 *   `CHAOS_SERVICE_NOT_READY`, `CHAOS_ENGINE_LOST`, `CHAOS_ENGINE_FAILED`, `CHAOS_DISK_FULL`, `CHAOS_NO_FREE_PORT`;
 *   nothing is left over in any of these cases
 */
export async function startDockerCluster(options: DockerClusterOptions): Promise<DockerCluster> {
  const { session, engine, images, onProgress = () => undefined } = options
  options.signal.throwIfAborted()
  const life = createClusterLifecycle(options.signal)
  await using undo = new AsyncDisposableStack()
  undo.defer(() => life.markStarted())

  await noteEngine(session.folder, engine.reach)
  onProgress('making a network')
  const network = undo.use(await startNetwork(engine, session.id))
  const environment: DockerEnvironment = {
    session,
    engine,
    images,
    network,
    signal: life.signal,
    onProgress,
    died: life.died,
    lost: life.fail,
  }
  const database = undo.use(await startDatabase(environment))
  onProgress('starting the Temporal server')
  const temporal = undo.use(
    await startTemporal(environment, database.access.password, options.frontendPort ?? null),
  )
  const ui = options.ui ? undo.use(await startUi(environment)) : undefined
  const gateway = await gatewayOf(engine, network)
  life.markStarted()
  void watchDisk(life, containerLog(database.container, 'the log of postgres'))
  const made = undo.move()
  const services = [temporal, database]
  const logged = [
    ...services.map(({ service, container }) => ({ name: service.name, container })),
    ...(ui === undefined ? [] : [{ name: 'temporal-ui', container: ui.container }]),
  ]
  return {
    backend: 'docker',
    endpoint: {
      address: temporal.address,
      namespace: temporal.namespace,
      isRemote: engine.publishOn !== '127.0.0.1',
    },
    versions: { server: temporal.version, postgres: database.version },
    controls: { services: [temporal.service, database.service] },
    database: databaseReader(database.access, databases.main),
    containerNetwork: { engine, network, address: `${serverInside.host}:${serverInside.port}`, gateway },
    watched: () => [...services.flatMap(({ service }) => service.watched), ...(ui?.watched ?? [])],
    logs: {
      serverSince: (sinceMs) =>
        callEngine({ name: temporal.service.name, container: temporal.container }, logAction, (container) =>
          containerLogSince(container, sinceMs),
        ),
      async save(folder) {
        await makeFolder(folder)
        await Promise.all(
          logged.map((one) =>
            callEngine(one, logAction, (container) =>
              saveContainerLog(container, join(folder, `${one.name}.log`)),
            ),
          ),
        )
      },
    },
    health: life.health,
    async [Symbol.asyncDispose]() {
      life.end()
      await made.disposeAsync()
    },
  }
}

async function gatewayOf({ docker }: Engine, network: ClusterNetwork): Promise<string> {
  const { IPAM } = await docker.getNetwork(network.id).inspect()
  const gateway = IPAM?.Config?.[0]?.Gateway
  if (gateway !== undefined) return gateway
  throw new ChaosError(`the network ${network.name} has no gateway address`, {
    code: 'CHAOS_ENGINE_FAILED',
  })
}
