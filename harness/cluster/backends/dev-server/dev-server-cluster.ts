// The `dev-server` backend: the Temporal CLI's development server, one process that is its own database.
import { randomBytes } from 'node:crypto'
import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder } from '../../../core/make-folder.ts'
import { removeFolder } from '../../../core/remove-folder.ts'
import { fileLog } from '../../../processes/log-tail.ts'
import { onFreePorts, saidInLog } from '../../../processes/on-free-ports.ts'
import type { Cluster } from '../../cluster.ts'
import { createClusterLifecycle } from '../../service/cluster-lifecycle.ts'
import { ManagedService } from '../../service/managed-service.ts'
import { TemporalProbe } from '../../service/temporal-probe.ts'
import { namespace } from '../../service/temporal-serving.ts'
import { devServerDriver, type DevServer } from './dev-server-driver.ts'

export interface DevServerOptions extends DevServer {
  /** Where it should listen, if nothing else does. */
  readonly port: number
  /** Ends the start-up early. It does nothing once the cluster is up. */
  readonly signal: AbortSignal
  readonly onProgress?: (text: string) => void
}

/**
 * Resolves once a workflow could be started in it.
 * @throws what `signal` was aborted with, or ChaosError: `CHAOS_SERVICE_NOT_READY`, `CHAOS_SPAWN_FAILED`,
 *   `CHAOS_NO_FREE_PORT`; nothing is left running then
 */
export async function startDevServer(options: DevServerOptions): Promise<Cluster> {
  const { session, port: wanted, onProgress = () => undefined } = options
  options.signal.throwIfAborted()
  const life = createClusterLifecycle(options.signal)
  await using undo = new AsyncDisposableStack()
  undo.defer(() => life.markStarted())
  const folder = join(session.folder, `cluster-${randomBytes(3).toString('hex')}`)
  await mkdir(folder)
  undo.defer(() => removeFolder(folder))
  const logFile = join(folder, 'temporal-server.log')
  onProgress('starting the development server')
  const died = (exit: Parameters<typeof life.died>[1]) => life.died('temporal-server', exit, fileLog(logFile))
  const start = async ({ frontend: port }: { readonly frontend: number }) => {
    const begun = { ...options, folder, logFile, port, signal: life.signal, died }
    return { service: await ManagedService.begin(devServerDriver(begun)), address: `127.0.0.1:${port}` }
  }
  const { service, address } = await onFreePorts(['frontend'], saidInLog(logFile), onProgress, start, {
    frontend: wanted,
  })
  undo.use(service)
  await using probe = new TemporalProbe(address)
  const server = await probe.serverVersion()
  life.markStarted()
  const made = undo.move()
  return {
    backend: 'dev-server',
    endpoint: { address, namespace },
    versions: { server, postgres: null },
    controls: { services: [service] },
    watched: () => service.watched,
    logs: {
      async save(to) {
        await makeFolder(to)
        await copyFile(logFile, join(to, 'temporal-server.log'))
      },
    },
    health: life.health,
    async [Symbol.asyncDispose]() {
      life.end()
      await made.disposeAsync()
    },
  }
}
