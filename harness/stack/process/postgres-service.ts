// PostgreSQL as a service of a stack.
import type { Ground } from './ground.ts'
import { onFreePorts } from './on-free-ports.ts'
import { createCluster, type Cluster } from './postgres-cluster.ts'
import { askPostgres } from './postgres-probe.ts'
import { postgresUser } from './postgres-user.ts'
import { ProcessService } from './process-service.ts'
import { untilServing, type Starting } from './serving.ts'

/** What a client needs to get in. */
export interface PostgresAccess {
  readonly port: number
  readonly password: string
}

export interface StartedPostgres extends AsyncDisposable {
  readonly service: ProcessService
  readonly access: PostgresAccess
  readonly version: string
}

/** @throws as `startProcessStack` does */
export async function startPostgres(ground: Ground): Promise<StartedPostgres> {
  const cluster = await createCluster(ground, postgresUser())
  const { password } = cluster
  return onFreePorts(
    ['postgres'],
    ground.logFiles.postgres,
    ground.onProgress,
    async ({ postgres: port }) => {
      const service = postgresService(ground, cluster, port)
      await service.start()
      const { version } = await askPostgres({ port, password })
      return {
        service,
        access: { port, password },
        version,
        [Symbol.asyncDispose]: () => service[Symbol.asyncDispose](),
      }
    },
  )
}

function postgresService(ground: Ground, cluster: Cluster, port: number): ProcessService {
  const logFile = ground.logFiles.postgres
  return new ProcessService({
    name: 'postgres',
    port,
    // "Fast": ends the sessions and writes a checkpoint.
    stopSignal: 'SIGINT',
    // "Immediate": writes nothing, but frees the shared memory that a SIGKILL would leave behind.
    discardSignal: 'SIGQUIT',
    spawn: () =>
      ground.session.spawn(cluster.program, ['-D', cluster.dataFolder, '-p', String(port)], {
        cwd: cluster.dataFolder,
        logFile,
        ...(cluster.user ? { user: cluster.user } : {}),
      }),
    async serving(child) {
      const starting: Starting = { name: 'postgres', child, logFile, signal: ground.signal }
      const { startedAt } = await untilServing(starting, () =>
        askPostgres({ port, password: cluster.password }),
      )
      return { postmasterStartedAt: startedAt }
    },
    died: (exit) => ground.died('postgres', exit),
  })
}
