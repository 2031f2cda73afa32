// Faults of the cluster's services, the Temporal server and its database: the same for both.
import type { Fault } from './fault.ts'
import type { Service } from '../cluster/service.ts'

/** SIGKILL to every process of the service. Undone by starting it again. */
export function killService(service: Service): Fault {
  return {
    name: `kill-${service.name}`,
    target: service.name,
    available: () => whyDown(service),
    inject: () => service.kill(),
    undo: () => startIfDown(service),
  }
}

/** A clean stop. Undone by starting it again. */
export function stopService(service: Service, graceMs?: number): Fault {
  return {
    name: `stop-${service.name}`,
    target: service.name,
    available: () => whyDown(service),
    inject: () => service.stop(graceMs),
    undo: () => startIfDown(service),
  }
}

/** SIGSTOP to every process of the service. Undone by SIGCONT. */
export function pauseService(service: Service): Fault {
  return {
    name: `pause-${service.name}`,
    target: service.name,
    available: () => whyDown(service),
    inject: () => service.pause(),
    async undo() {
      if (service.isPaused) await service.resume()
    },
  }
}

/** Takes the service off the network; it goes on running. Undone by putting it back. */
export function disconnectService(service: Service): Fault {
  return {
    name: `disconnect-${service.name}`,
    target: service.name,
    available: () => whyDown(service),
    inject: () => service.disconnect(),
    async undo() {
      if (service.isDisconnected) await service.reconnect()
    },
  }
}

function whyDown(service: Service): string | null {
  return service.isUp ? null : `${service.name} is not running`
}

async function startIfDown(service: Service): Promise<void> {
  if (!service.isUp) await service.start()
}
