// The Temporal server as a service of a stack.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { TemporalProbe } from './temporal-probe.ts'
import type { Ground } from './ground.ts'
import { onFreePorts } from './on-free-ports.ts'
import type { PostgresAccess } from './postgres-service.ts'
import { ProcessService } from './process-service.ts'
import { untilServing, type Starting } from './serving.ts'
import {
  renderDynamicConfig,
  renderTemporalConfig,
  serverPortNames,
  type ServerPorts,
} from './temporal-config.ts'

const namespace = 'default'

export interface StartedTemporal extends AsyncDisposable {
  readonly service: ProcessService
  readonly address: string
  readonly namespace: string
  readonly metricsUrl: string
  readonly version: string
}

/** @throws as `startProcessStack` does */
export async function startTemporal(
  ground: Ground,
  temporalServer: string,
  postgres: PostgresAccess,
): Promise<StartedTemporal> {
  const logFile = ground.logFiles['temporal-server']
  return onFreePorts(serverPortNames, logFile, ground.onProgress, async (ports) => {
    const configFile = await writeConfig(ground.folder, ports, postgres)
    const address = `127.0.0.1:${ports.frontend}`
    const service = temporalService(ground, temporalServer, configFile, ports)
    await service.start()
    await using probe = new TemporalProbe(address)
    return {
      service,
      address,
      namespace,
      metricsUrl: `http://127.0.0.1:${ports.metrics}/metrics`,
      version: await probe.serverVersion(),
      [Symbol.asyncDispose]: () => service[Symbol.asyncDispose](),
    }
  })
}

/** With the database's password in it, so for our eyes only. */
async function writeConfig(folder: string, ports: ServerPorts, postgres: PostgresAccess): Promise<string> {
  const configFile = join(folder, 'temporal-server.yaml')
  const dynamicConfigFile = join(folder, 'dynamic-config.yaml')
  const mode = 0o600
  await writeFile(dynamicConfigFile, renderDynamicConfig(), { mode })
  await writeFile(configFile, renderTemporalConfig({ ports, postgres, dynamicConfigFile }), { mode })
  return configFile
}

function temporalService(
  ground: Ground,
  temporalServer: string,
  configFile: string,
  ports: ServerPorts,
): ProcessService {
  const logFile = ground.logFiles['temporal-server']
  return new ProcessService({
    name: 'temporal-server',
    port: ports.frontend,
    stopSignal: 'SIGTERM',
    // A clean stop takes 1.4 s to hand over what is thrown away here.
    discardSignal: 'SIGKILL',
    spawn: () =>
      ground.session.spawn(temporalServer, ['--config-file', configFile, '--allow-no-auth', 'start'], {
        cwd: ground.folder,
        logFile,
      }),
    async serving(child) {
      const starting: Starting = { name: 'temporal-server', child, logFile, signal: ground.signal }
      await using frontend = new TemporalProbe(`127.0.0.1:${ports.frontend}`)
      await untilServing(starting, () => frontend.registerNamespace(namespace))
      await untilServing(starting, () => frontend.startWorkflow(namespace))
      // The server exits where its database goes away before this role has started: only now may it be struck.
      await using worker = new TemporalProbe(`127.0.0.1:${ports.worker}`)
      await untilServing(starting, () => worker.checkHealth())
      return {}
    },
    died: (exit) => ground.died('temporal-server', exit),
  })
}
