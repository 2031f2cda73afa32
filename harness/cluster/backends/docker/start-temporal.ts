// The Temporal server in a container, with the configuration that a local one gets.
import { onFreePorts, saidInError } from '../../../processes/on-free-ports.ts'
import {
  loopbackOnly,
  renderDynamicConfig,
  renderTemporalConfig,
  type ServerPorts,
} from '../../service/temporal-config.ts'
import { TemporalProbe } from '../../service/temporal-probe.ts'
import { namespace, untilTemporalServes, untilTemporalSettled } from '../../service/temporal-serving.ts'
import { databaseInside, serverInside } from './addresses.ts'
import { startService } from './start-service.ts'
import type { StartedTemporal } from '../../service/started.ts'
import type { InContainer } from './in-container.ts'
import { explainFailedStart } from '../../../containers/engine/failures.ts'
import type { DockerEnvironment } from './docker-environment.ts'
import { startContainer } from '../../../containers/start-container.ts'

/** Temporal's default ports. */
const portsInside: ServerPorts = {
  frontend: serverInside.port,
  frontendMembership: 6933,
  history: 7234,
  historyMembership: 6934,
  matching: 7235,
  matchingMembership: 6935,
  worker: 7239,
  workerMembership: 6939,
  metrics: 9090,
}

const configFile = '/etc/temporal-chaos/server.yaml'
const dynamicConfigFile = '/etc/temporal-chaos/dynamic-config.yaml'

/** @throws as `startDockerCluster` does */
export async function startTemporal(
  environment: DockerEnvironment,
  password: string,
  frontendPort: number | null,
): Promise<InContainer<StartedTemporal>> {
  const { engine } = environment
  const wanted = frontendPort === null ? {} : { frontend: frontendPort }
  const start = async (published: Readonly<Record<'frontend' | 'worker', number>>) => {
    const at = (port: number) => `${engine.host}:${port}`
    const container = await explainFailedStart(environment.images.server, () =>
      startContainer({
        engine,
        sessionId: environment.session.id,
        network: environment.network,
        alias: serverInside.host,
        image: environment.images.server,
        user: '1000:1000',
        entrypoint: ['temporal-server'],
        command: ['--config-file', configFile, '--allow-no-auth', 'start'],
        files: {
          [configFile]: configText(password),
          [dynamicConfigFile]: renderDynamicConfig(),
        },
        ports: [
          [portsInside.frontend, published.frontend],
          [portsInside.worker, published.worker],
        ],
        memoryGiB: 2,
      }),
    )
    const addresses = { frontend: at(published.frontend), worker: at(published.worker) }
    const started = {
      name: 'temporal-server',
      container,
      image: environment.images.server,
      alias: serverInside.host,
      published: { host: engine.host, port: published.frontend },
    } as const
    const service = await startService(environment, started, {
      async serving(starting) {
        await untilTemporalServes(starting, addresses)
        return {}
      },
      settled: (starting) => untilTemporalSettled(starting, addresses),
    })
    await using probe = new TemporalProbe(addresses.frontend)
    return {
      service,
      container,
      address: addresses.frontend,
      namespace,
      version: await probe.serverVersion(),
      [Symbol.asyncDispose]: () => service[Symbol.asyncDispose](),
    }
  }
  return onFreePorts(['frontend', 'worker'], saidInError, environment.onProgress, start, wanted)
}

/** The server's roles talk over the container's loopback address. Only the frontend listens on all addresses. */
function configText(password: string): string {
  const everywhere = '0.0.0.0'
  return renderTemporalConfig({
    ports: portsInside,
    bindOnIP: { ...loopbackOnly, frontend: everywhere, worker: everywhere },
    database: { ...databaseInside, password },
    dynamicConfigFile,
  })
}
