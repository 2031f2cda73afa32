// Turns a container that was just started into a service of its cluster.
import type { Evidence } from '../../../record/evidence.ts'
import { endingOf, type Starting } from '../../service/serving.ts'
import { containerLog } from '../../../containers/container-log.ts'
import { ManagedService } from '../../service/managed-service.ts'
import { ContainerDriver, type ContainerProgram } from './container-driver.ts'
import { takesConnections } from '../../../containers/engine/client.ts'
import { engineLost } from '../../../containers/engine/failures.ts'
import type { DockerEnvironment } from './docker-environment.ts'
import { NetworkMembership } from '../../../containers/network-membership.ts'

export interface StartedContainer extends Pick<ContainerProgram, 'name' | 'container' | 'published'> {
  readonly image: string
  /** Its name in the network. */
  readonly alias: string
}

export interface Serving {
  /** Resolves once the service serves, with what it says of itself. */
  serving(starting: Starting): Promise<Evidence>
  /** Resolves once a fault may be injected, if that is later. */
  settled?(starting: Starting): Promise<void>
}

/** Resolves once the service serves and faults may be injected. @throws as those do, after removing the container */
export function startService(
  environment: DockerEnvironment,
  { name, container, image, alias, published }: StartedContainer,
  { serving, settled }: Serving,
): Promise<ManagedService> {
  const { engine, network, signal } = environment
  const log = containerLog(container, `the log of ${image}`)
  return ManagedService.begin(
    new ContainerDriver({
      name,
      container,
      published,
      network: new NetworkMembership(engine.docker.getNetwork(network.id), network.name, alias),
      serving: (exited) => serving({ name, exited, log, signal }),
      settled: async (exited) => settled?.({ name, exited, log, signal }),
      died: (exit) =>
        void takesConnections(engine.reach).then((isThere) =>
          isThere
            ? environment.died(name, exit, log)
            : environment.lost(
                engineLost(
                  `the container engine was stopped or restarted: ${name} ${endingOf(exit)} by that`,
                ),
              ),
        ),
      lost: environment.lost,
    }),
  )
}
