// A cluster that runs get, and the harness's own way to it. The first one is shared, further ones are for single runs.
import { measureClockOffset, type ClockOffset } from '../temporal/clock-offset.ts'
import { openObserver, type Observer } from '../temporal/observer.ts'
import type { PayloadReader } from '../temporal/payload-reader.ts'
import type { Cluster } from '../cluster/cluster.ts'

export interface ClusterSlot {
  readonly cluster: Cluster
  readonly observer: Observer
  /** Null if the service runs on this machine, with the same clock. */
  readonly clockOffset: ClockOffset | null
}

/** Who reads and writes the payloads of a namespace. */
export type OpenPayloadReader = (namespace: string) => Promise<PayloadReader>

/**
 * @param start makes the cluster, which ends with the slot
 * @param logs folder that its logs are kept in: they lie in the session's folder, which goes with the session
 * @param openReader null for the data converter of the endpoint
 * @throws what `start` and `openReader` throw; ChaosError `CHAOS_SERVICE_UNREACHABLE`
 */
export async function openClusterSlot(
  start: () => Promise<Cluster>,
  logs: string,
  openReader: OpenPayloadReader | null = null,
): Promise<ClusterSlot & AsyncDisposable> {
  await using building = new AsyncDisposableStack()
  const started = building.use(await start())
  building.defer(async () => started.logs?.save(logs))
  const reader = (await openReader?.(started.endpoint.namespace)) ?? null
  // A codec that fails makes every run worthless, as a cluster that dies does.
  const cluster = reader?.health === undefined ? started : withHealth(started, reader.health)
  const { dataConverter } = reader ?? cluster.endpoint
  const converting = dataConverter === undefined ? {} : { dataConverter }
  const observer = building.use(await openObserver({ ...cluster.endpoint, ...converting }))
  const { endpoint, clockOffset: measured, health } = cluster
  const isSameClock = measured === undefined && endpoint.isRemote !== true
  const clockOffset = isSameClock ? null : (measured ?? (await measureClockOffset(observer, health)))
  const owned = building.move()
  return { cluster, observer, clockOffset, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

function withHealth(cluster: Cluster, health: AbortSignal): Cluster {
  return { ...cluster, health: AbortSignal.any([cluster.health, health]) }
}
