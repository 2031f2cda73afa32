// Faults of the cluster's services: the same for the Temporal server and its database.
import type { Service } from '../cluster/service.ts'
import { faultCatalogue, type BuiltInFaultKind } from './catalogue.ts'
import type { Fault } from './fault.ts'

/** SIGKILL to every process of the service. Healed by a new start. */
export function killService(service: Service): Fault {
  return {
    ...faultOf(service, 'kill-service'),
    inject: () => service.kill(),
    heal: () => startIfDown(service),
  }
}

/** A clean stop, SIGKILL after `graceMs`. Healed by a new start. */
export function stopService(service: Service, graceMs?: number): Fault {
  return {
    ...faultOf(service, 'stop-service'),
    inject: () => service.stop(graceMs),
    heal: () => startIfDown(service),
  }
}

/** SIGSTOP to every process of the service. Healed by SIGCONT. */
export function pauseService(service: Service): Fault {
  return {
    ...faultOf(service, 'pause-service'),
    inject: () => service.pause(),
    async heal() {
      if (service.isPaused) await service.resume()
    },
  }
}

/** Takes the service off the network; it goes on running. Healed by putting it back. */
export function disconnectService(service: Service): Fault {
  return {
    ...faultOf(service, 'disconnect-service'),
    inject: () => service.disconnect(),
    async heal() {
      if (service.isDisconnected) await service.reconnect()
    },
  }
}

/** What the faults of a service have in common. */
function faultOf(service: Service, kind: BuiltInFaultKind) {
  return {
    kind,
    target: { kind: 'service', name: service.name },
    effect: faultCatalogue[kind].effect,
    healOrder: service.startOrder,
    available: () => (service.isUp ? null : `${service.name} is not running`),
  } as const
}

async function startIfDown(service: Service): Promise<void> {
  if (!service.isUp) await service.start()
}
