// PostgreSQL as a service of a cluster.
import { join } from 'node:path'
import type { PostgresAccess } from '../../service/postgres-access.ts'
import type { ProcessEnvironment } from './process-environment.ts'
import { onFreePorts, saidInLog } from '../../../processes/on-free-ports.ts'
import type { PostgresData } from './postgres-data.ts'
import { askPostgres, changePassword } from '../../service/postgres-probe.ts'
import { ManagedService } from '../../service/managed-service.ts'
import type { StartedDatabase } from '../../service/started.ts'
import { ProcessDriver } from './process-driver.ts'
import { fileLog } from '../../../processes/log-tail.ts'
import { untilServing, type Starting } from '../../service/serving.ts'

/**
 * @param password the superuser's password in the data folder. If the cluster has another one, it is changed
 * @throws as `startProcessCluster` does
 */
export async function startPostgres(
  environment: ProcessEnvironment,
  data: PostgresData,
  password = data.password,
): Promise<StartedDatabase> {
  const start = async ({ postgres: port }: { postgres: number }) => {
    const access = { host: '127.0.0.1', port, password: data.password }
    const service = await ManagedService.begin(postgresDriver(environment, data, access, password))
    const { version } = await askPostgres(access)
    return { service, access, version, [Symbol.asyncDispose]: () => service[Symbol.asyncDispose]() }
  }
  return onFreePorts(['postgres'], saidInLog(environment.logFiles.postgres), environment.onProgress, start)
}

function postgresDriver(
  environment: ProcessEnvironment,
  data: PostgresData,
  access: PostgresAccess,
  firstPassword: string,
): ProcessDriver {
  const logFile = environment.logFiles.postgres
  const args = ['-D', data.dataFolder, '-p', String(access.port)]
  let password = firstPassword
  const ask = async () => {
    if (password !== access.password) await changePassword({ ...access, password }, access.password)
    password = access.password
    return askPostgres(access)
  }
  return new ProcessDriver({
    name: 'postgres',
    port: access.port,
    // "Fast": ends the sessions and writes a checkpoint.
    stopSignal: 'SIGINT',
    // "Immediate": writes nothing, but frees the shared memory that a SIGKILL would leave behind.
    discardSignal: 'SIGQUIT',
    spawn: () =>
      environment.session.spawn(join(data.programs, 'postgres'), args, {
        cwd: data.dataFolder,
        logFile,
        ...(data.user ? { user: data.user } : {}),
      }),
    async serving(exited) {
      const starting: Starting = {
        name: 'postgres',
        exited,
        log: fileLog(logFile),
        signal: environment.signal,
      }
      const { startedAt } = await untilServing(starting, ask)
      return { postmasterStartedAt: startedAt }
    },
    died: (exit) => environment.died('postgres', exit),
  })
}
