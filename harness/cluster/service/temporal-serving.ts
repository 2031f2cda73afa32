// Waits until a Temporal server serves, on any backend.
import { untilServing, type Starting } from './serving.ts'
import { TemporalProbe } from './temporal-probe.ts'

export const namespace = 'default'

export interface TemporalAddresses {
  /** `host:port`. */
  readonly frontend: string
  /** Of the role `worker`, which has no API of its own. */
  readonly worker: string
}

/** Registers the namespace if it is new, which proves that the API is back. @throws as `untilServing` does */
export async function untilTemporalServes(
  starting: Starting,
  { frontend }: TemporalAddresses,
): Promise<void> {
  await using probe = new TemporalProbe(frontend)
  await untilServing(starting, () => probe.registerNamespace(namespace))
}

/** Resolves when a workflow was started and a fault may be injected. @throws as `untilServing` does */
export async function untilTemporalSettled(starting: Starting, addresses: TemporalAddresses): Promise<void> {
  await using frontend = new TemporalProbe(addresses.frontend)
  await untilServing(starting, () => frontend.startWorkflow(namespace))
  // The server exits if its database goes away before this role has started, so no fault may come earlier.
  await using worker = new TemporalProbe(addresses.worker)
  await untilServing(starting, () => worker.checkHealth())
}
