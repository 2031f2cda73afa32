// The `process` backend: PostgreSQL and a Temporal server as local processes of a session.
import { randomBytes } from 'node:crypto'
import { chmod, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { cacheRoot } from '../../../core/cache-root.ts'
import { copyLogs, type LogFiles } from '../../service/copy-logs.ts'
import { logSince } from '../../service/log-since.ts'
import { removeFolder } from '../../../core/remove-folder.ts'
import type { Session } from '../../../processes/session.ts'
import type { Cluster, ClusterLogs } from '../../cluster.ts'
import type { ProcessEnvironment, ServiceName } from './process-environment.ts'
import { assertFreeSpace } from '../../../core/disk-full.ts'
import { assertOpenFiles } from '../../../core/open-files.ts'
import { fileLog } from '../../../processes/log-tail.ts'
import { createClusterLifecycle } from '../../service/cluster-lifecycle.ts'
import type { ManagedService } from '../../service/managed-service.ts'
import { watchDisk } from '../../service/watch-disk.ts'
import { databaseReader, type DatabaseReader } from '../../database-reader.ts'
import { databases } from '../../service/databases.ts'
import { startDatabase } from './start-database.ts'
import { dynamicConfigIn, startTemporal } from './temporal-service.ts'

export interface ProcessClusterOptions {
  readonly session: Session
  readonly binaries: { readonly temporalServer: string; readonly temporalSqlTool: string }
  /** Ends the start-up early. It does nothing once the cluster is up. */
  readonly signal: AbortSignal
  readonly onProgress?: (text: string) => void
  /** Where the server's frontend should listen, if nothing else does. @default null, anywhere */
  readonly frontendPort?: number | null
  /** The folder that keeps databases for the next start. @default the cache of the binaries */
  readonly cacheFolder?: string
}

/** A cluster of local processes. Its logs are in the session's folder, and are removed with the cluster. */
export interface ProcessCluster extends Cluster {
  readonly backend: 'process'
  readonly versions: { readonly server: string; readonly postgres: string }
  readonly server: ManagedService
  readonly postgres: ManagedService
  readonly logs: ClusterLogs
  readonly database: DatabaseReader
  readonly logFiles: LogFiles
  /** The main processes that are running now. */
  processes(): readonly { readonly name: ServiceName; readonly pid: number }[]
}

/**
 * Starts PostgreSQL with Temporal's databases in a data folder of its own, starts the Temporal server and registers a
 * namespace. Resolves once a workflow could be started in it.
 * @throws what `signal` was aborted with, or ChaosError: `CHAOS_POSTGRES_MISSING`, `CHAOS_POSTGRES_UNUSABLE`,
 *   `CHAOS_POSTGRES_USER`, `CHAOS_POSTGRES_INIT`, `CHAOS_SCHEMA_FAILED`, `CHAOS_SERVICE_NOT_READY`,
 *   `CHAOS_BINARY_UNUSABLE`, `CHAOS_SPAWN_FAILED`, `CHAOS_TEMP_UNUSABLE`, `CHAOS_DISK_FULL`, `CHAOS_NO_FREE_PORT`,
 *   `CHAOS_OPEN_FILES`; nothing is left running in any of these cases
 */
export async function startProcessCluster(options: ProcessClusterOptions): Promise<ProcessCluster> {
  options.signal.throwIfAborted()
  const life = createClusterLifecycle(options.signal)
  await using undo = new AsyncDisposableStack()
  undo.defer(() => life.markStarted())

  assertOpenFiles()
  await assertFreeSpace(options.session.folder)
  const folder = await createClusterFolder(options.session.folder, undo)
  const logFiles = {
    'temporal-server': join(folder, 'temporal-server.log'),
    postgres: join(folder, 'postgres.log'),
  }
  const environment: ProcessEnvironment = {
    session: options.session,
    folder,
    logFiles,
    signal: life.signal,
    onProgress: options.onProgress ?? (() => undefined),
    died: (name, exit) => life.died(name, exit, fileLog(logFiles[name])),
  }
  const cacheFolder = options.cacheFolder ?? cacheRoot(process.env)
  const postgres = undo.use(await startDatabase(environment, options.binaries.temporalSqlTool, cacheFolder))
  environment.onProgress('starting the Temporal server')
  const server = undo.use(
    await startTemporal(
      environment,
      options.binaries.temporalServer,
      postgres.access,
      options.frontendPort ?? null,
    ),
  )
  await postgres.settled
  life.markStarted()
  void watchDisk(life, fileLog(logFiles.postgres))
  const made = undo.move()
  const processes = () =>
    [server.service, postgres.service].flatMap(({ name, pid }) => (pid === null ? [] : [{ name, pid }]))
  return {
    backend: 'process',
    endpoint: { address: server.address, namespace: server.namespace },
    versions: { server: server.version, postgres: postgres.version },
    server: server.service,
    postgres: postgres.service,
    controls: { services: [server.service, postgres.service] },
    database: databaseReader(postgres.access, databases.main),
    dynamicConfigFile: dynamicConfigIn(folder),
    logFiles,
    processes,
    watched: processes,
    logs: {
      serverSince: (sinceMs) => logSince(logFiles['temporal-server'], sinceMs),
      save: (to) => copyLogs(logFiles, to),
    },
    health: life.health,
    async [Symbol.asyncDispose]() {
      life.end()
      await made.disposeAsync()
    },
  }
}

/** The user who runs PostgreSQL may enter it. Nobody else may list it. */
async function createClusterFolder(sessionFolder: string, undo: AsyncDisposableStack): Promise<string> {
  const folder = join(sessionFolder, `cluster-${randomBytes(3).toString('hex')}`)
  await mkdir(folder)
  undo.defer(() => removeFolder(folder))
  await chmod(folder, 0o711)
  return folder
}
