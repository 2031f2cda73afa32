// PostgreSQL with Temporal's databases in it, in a container.
import { randomBytes } from 'node:crypto'
import { settleBoth } from '../../../core/settle-both.ts'
import { superuser } from '../../service/databases.ts'
import { onFreePorts, saidInError } from '../../../processes/on-free-ports.ts'
import { askPostgres } from '../../service/postgres-probe.ts'
import { untilServing } from '../../service/serving.ts'
import { databaseInside } from './addresses.ts'
import { startService } from './start-service.ts'
import type { StartedDatabase } from '../../service/started.ts'
import type { InContainer } from './in-container.ts'
import { explainFailedStart } from '../../../containers/engine/failures.ts'
import type { DockerEnvironment } from './docker-environment.ts'
import { openSchemaTool } from './schema-tool.ts'
import { startContainer } from '../../../containers/start-container.ts'

/** @throws as `startDockerCluster` does */
export async function startDatabase(environment: DockerEnvironment): Promise<InContainer<StartedDatabase>> {
  environment.onProgress('starting PostgreSQL')
  await using undo = new AsyncDisposableStack()
  const password = randomBytes(24).toString('base64url')
  await using tools = new AsyncDisposableStack()
  const [database, tool] = await settleBoth(
    startPostgres(environment, password).then((started) => undo.use(started)),
    openSchemaTool(environment, password).then((opened) => tools.use(opened)),
  )
  environment.onProgress('making the databases')
  await tool.makeDatabases()
  const made = undo.move()
  return { ...database, [Symbol.asyncDispose]: () => made.disposeAsync() }
}

function startPostgres(
  environment: DockerEnvironment,
  password: string,
): Promise<InContainer<StartedDatabase>> {
  const { engine, images, network, session } = environment
  return onFreePorts(['postgres'], saidInError, environment.onProgress, async (ports) => {
    const access = { host: engine.host, port: ports.postgres, password }
    const container = await explainFailedStart(images.postgres, () =>
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
    const started = {
      name: 'postgres',
      container,
      image: images.postgres,
      alias: databaseInside.host,
      published: access,
    } as const
    const service = await startService(environment, started, {
      async serving(starting) {
        const { startedAt } = await untilServing(starting, () => askPostgres(access))
        return { postmasterStartedAt: startedAt }
      },
    })
    const { version } = await askPostgres(access)
    return {
      service,
      container,
      access,
      version,
      [Symbol.asyncDispose]: () => service[Symbol.asyncDispose](),
    }
  })
}
