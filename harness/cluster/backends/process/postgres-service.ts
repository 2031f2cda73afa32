// PostgreSQL as a service of a stack.
import { join } from 'node:path'
import type { PostgresAccess } from '../../service/databases.ts'
import type { Ground } from './process-environment.ts'
import { onFreePorts, saidInLog } from '../../../processes/on-free-ports.ts'
import type { Cluster } from './postgres-data.ts'
import { askPostgres, changePassword } from '../../service/postgres-probe.ts'
import { ProcessService } from './process-service.ts'
import { fileLog } from '../../../processes/log-tail.ts'
import { untilServing, type Starting } from '../../service/serving.ts'

export interface StartedPostgres extends AsyncDisposable {
  readonly service: ProcessService
  readonly access: PostgresAccess
  readonly version: string
}

/**
 * @param password what the data folder knows; changed to the cluster's own where that is another one
 * @throws as `startProcessStack` does
 */
export async function startPostgres(
  ground: Ground,
  cluster: Cluster,
  password = cluster.password,
): Promise<StartedPostgres> {
  const start = async ({ postgres: port }: { postgres: number }) => {
    const access = { host: '127.0.0.1', port, password: cluster.password }
    const service = postgresService(ground, cluster, access, password)
    await service.start()
    const { version } = await askPostgres(access)
    return { service, access, version, [Symbol.asyncDispose]: () => service[Symbol.asyncDispose]() }
  }
  return onFreePorts(['postgres'], saidInLog(ground.logFiles.postgres), ground.onProgress, start)
}

function postgresService(
  ground: Ground,
  cluster: Cluster,
  access: PostgresAccess,
  firstPassword: string,
): ProcessService {
  const logFile = ground.logFiles.postgres
  const args = ['-D', cluster.dataFolder, '-p', String(access.port)]
  let password = firstPassword
  const ask = async () => {
    if (password !== access.password) await changePassword({ ...access, password }, access.password)
    password = access.password
    return askPostgres(access)
  }
  return new ProcessService({
    name: 'postgres',
    port: access.port,
    // "Fast": ends the sessions and writes a checkpoint.
    stopSignal: 'SIGINT',
    // "Immediate": writes nothing, but frees the shared memory that a SIGKILL would leave behind.
    discardSignal: 'SIGQUIT',
    spawn: () =>
      ground.session.spawn(join(cluster.programs, 'postgres'), args, {
        cwd: cluster.dataFolder,
        logFile,
        ...(cluster.user ? { user: cluster.user } : {}),
      }),
    async serving(child) {
      const { exited } = child
      const starting: Starting = { name: 'postgres', exited, log: fileLog(logFile), signal: ground.signal }
      const { startedAt } = await untilServing(starting, ask)
      return { postmasterStartedAt: startedAt }
    },
    died: (exit) => ground.died('postgres', exit),
  })
}
