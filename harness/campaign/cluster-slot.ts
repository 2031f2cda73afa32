// A cluster that runs get, and the harness's own way to it. The first one is shared, further ones are for single runs.
import { measureClockOffset, type ClockOffset } from '../temporal/clock-offset.ts'
import { importDataConverter } from '../temporal/data-converter.ts'
import { openObserver, type Observer } from '../temporal/observer.ts'
import type { Cluster } from '../cluster/cluster.ts'

export interface ClusterSlot {
  readonly cluster: Cluster
  readonly observer: Observer
  /** Null if the service runs on this machine, with the same clock. */
  readonly clockOffset: ClockOffset | null
}

/**
 * @param start makes the cluster, which ends with the slot
 * @param logs folder that its logs are kept in: they lie in the session's folder, which goes with the session
 * @param dataConverter file of a module that exports one; null for that of the endpoint
 * @throws what `start` throws; ChaosError `CHAOS_SERVICE_UNREACHABLE`
 */
export async function openClusterSlot(
  start: () => Promise<Cluster>,
  logs: string,
  dataConverter: string | null = null,
): Promise<ClusterSlot & AsyncDisposable> {
  const converting = dataConverter === null ? {} : { dataConverter: await importDataConverter(dataConverter) }
  await using building = new AsyncDisposableStack()
  const cluster = building.use(await start())
  building.defer(async () => cluster.logs?.save(logs))
  const observer = building.use(await openObserver({ ...cluster.endpoint, ...converting }))
  const { endpoint, clockOffset: measured, health } = cluster
  const isSameClock = measured === undefined && endpoint.isRemote !== true
  const clockOffset = isSameClock ? null : (measured ?? (await measureClockOffset(observer, health)))
  const owned = building.move()
  return { cluster, observer, clockOffset, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}
