// PostgreSQL with Temporal's databases in it, in a container.
import { randomBytes } from 'node:crypto'
import type Dockerode from 'dockerode'
import { both } from '../../both.ts'
import { superuser, type PostgresAccess } from '../service/databases.ts'
import { onFreePorts } from '../service/on-free-ports.ts'
import { askPostgres } from '../service/postgres-probe.ts'
import { untilServing } from '../service/serving.ts'
import { databaseInside } from './addresses.ts'
import { containerLog } from './container-log.ts'
import { ContainerService } from './container-service.ts'
import { explained, takenPort } from './engine-failures.ts'
import type { DockerGround } from './ground.ts'
import { openSchemaTool } from './schema-tool.ts'
import { NetworkPlace } from './network-place.ts'
import { startContainer } from './stack-container.ts'

export interface StartedDatabase extends AsyncDisposable {
  readonly service: ContainerService
  readonly container: Dockerode.Container
  readonly password: string
  readonly version: string
}

/** @throws as `startDockerStack` does */
export async function startDatabase(ground: DockerGround): Promise<StartedDatabase> {
  ground.onProgress('starting PostgreSQL')
  await using undo = new AsyncDisposableStack()
  const password = randomBytes(24).toString('base64url')
  await using tools = new AsyncDisposableStack()
  const [database, tool] = await both(
    startPostgres(ground, password).then((started) => undo.use(started)),
    openSchemaTool(ground, password).then((opened) => tools.use(opened)),
  )
  ground.onProgress('making the databases')
  await tool.makeDatabases()
  const made = undo.move()
  return { ...database, [Symbol.asyncDispose]: () => made.disposeAsync() }
}

function startPostgres(ground: DockerGround, password: string): Promise<StartedDatabase> {
  const { engine, images, network, session } = ground
  return onFreePorts(['postgres'], takenPort, ground.onProgress, async (ports) => {
    const access = { host: engine.host, port: ports.postgres, password }
    const container = await explained(images.postgres, () =>
      startContainer({
        engine,
        sessionId: session.id,
        network,
        alias: databaseInside.host,
        image: images.postgres,
        user: 'postgres',
        // Four services of the Temporal server have two pools each.
        command: ['postgres', '-c', 'max_connections=200'],
        env: { POSTGRES_USER: superuser, POSTGRES_PASSWORD: password, POSTGRES_DB: superuser },
        ports: [[databaseInside.port, access.port]],
        memoryGiB: 2,
      }),
    )
    const service = await databaseService(ground, container, access)
    const { version } = await askPostgres(access)
    return {
      service,
      container,
      password,
      version,
      [Symbol.asyncDispose]: () => service[Symbol.asyncDispose](),
    }
  })
}

function databaseService(
  ground: DockerGround,
  container: Dockerode.Container,
  access: PostgresAccess,
): Promise<ContainerService> {
  const name = 'postgres'
  const log = containerLog(container, `the log of ${ground.images.postgres}`)
  const network = ground.network
  return ContainerService.begin({
    name,
    container,
    network: new NetworkPlace(
      ground.engine.docker.getNetwork(network.getId()),
      network.getName(),
      databaseInside.host,
    ),
    published: access,
    async serving(exited) {
      const { startedAt } = await untilServing({ name, exited, log, signal: ground.signal }, () =>
        askPostgres(access),
      )
      return { postmasterStartedAt: startedAt }
    },
    died: (exit) => ground.died(name, exit, log),
    lost: ground.lost,
  })
}
