// The Temporal server as a service of a cluster.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Exit } from '../../../processes/session.ts'
import { TemporalProbe } from '../../service/temporal-probe.ts'
import type { ProcessEnvironment } from './process-environment.ts'
import { onFreePorts, saidInLog } from '../../../processes/on-free-ports.ts'
import type { PostgresAccess } from '../../service/postgres-access.ts'
import { ManagedService } from '../../service/managed-service.ts'
import type { StartedTemporal } from '../../service/started.ts'
import { ProcessDriver } from './process-driver.ts'
import { fileLog } from '../../../processes/log-tail.ts'
import { namespace, untilTemporalServes, untilTemporalSettled } from '../../service/temporal-serving.ts'
import {
  loopbackOnly,
  renderDynamicConfig,
  renderTemporalConfig,
  serverPortNames,
  type ServerPorts,
} from '../../service/temporal-config.ts'

/** @throws as `startProcessCluster` does */
export async function startTemporal(
  environment: ProcessEnvironment,
  temporalServer: string,
  postgres: PostgresAccess,
  frontendPort: number | null,
): Promise<StartedTemporal> {
  const logFile = environment.logFiles['temporal-server']
  const wanted = frontendPort === null ? {} : { frontend: frontendPort }
  const taken = saidInLog(logFile)
  return onFreePorts(
    serverPortNames,
    taken,
    environment.onProgress,
    async (ports) => {
      const configFile = await writeConfig(environment.folder, ports, postgres)
      const address = `127.0.0.1:${ports.frontend}`
      const service = await ManagedService.begin(
        temporalDriver(environment, temporalServer, configFile, ports),
      )
      await using probe = new TemporalProbe(address)
      return {
        service,
        address,
        namespace,
        version: await probe.serverVersion(),
        [Symbol.asyncDispose]: () => service[Symbol.asyncDispose](),
      }
    },
    wanted,
  )
}

/** The file in a cluster's folder. */
export function dynamicConfigIn(folder: string): string {
  return join(folder, 'dynamic-config.yaml')
}

/** It contains the database's password, so only our user may read it. */
async function writeConfig(folder: string, ports: ServerPorts, postgres: PostgresAccess): Promise<string> {
  const configFile = join(folder, 'temporal-server.yaml')
  const dynamicConfigFile = dynamicConfigIn(folder)
  const mode = 0o600
  await writeFile(dynamicConfigFile, renderDynamicConfig(), { mode })
  await writeFile(
    configFile,
    renderTemporalConfig({ ports, bindOnIP: loopbackOnly, database: postgres, dynamicConfigFile }),
    { mode },
  )
  return configFile
}

function temporalDriver(
  environment: ProcessEnvironment,
  temporalServer: string,
  configFile: string,
  ports: ServerPorts,
): ProcessDriver {
  const logFile = environment.logFiles['temporal-server']
  const addresses = { frontend: `127.0.0.1:${ports.frontend}`, worker: `127.0.0.1:${ports.worker}` }
  const starting = (exited: Promise<Exit>) => {
    return { name: 'temporal-server', exited, log: fileLog(logFile), signal: environment.signal } as const
  }
  return new ProcessDriver({
    name: 'temporal-server',
    port: ports.frontend,
    stopSignal: 'SIGTERM',
    // A clean stop takes 1.4 s to hand over work that nobody needs here.
    discardSignal: 'SIGKILL',
    spawn: () =>
      environment.session.spawn(temporalServer, ['--config-file', configFile, '--allow-no-auth', 'start'], {
        cwd: environment.folder,
        logFile,
      }),
    async serving(exited) {
      await untilTemporalServes(starting(exited), addresses)
      return {}
    },
    settled: (exited) => untilTemporalSettled(starting(exited), addresses),
    died: (exit) => environment.died('temporal-server', exit),
  })
}
