// A stack that runs get, and the harness's own way to it. The first one is shared, further ones are for single runs.
import { openObserver, type Observer } from '../temporal/observer.ts'
import type { Stack } from '../cluster/cluster.ts'

export interface Lane {
  readonly stack: Stack
  readonly observer: Observer
}

/**
 * @param start makes the stack, which ends with the lane
 * @param logs folder that its logs are kept in: they lie in the session's folder, which goes with the session
 * @throws what `start` throws; ChaosError `CHAOS_SERVICE_UNREACHABLE`
 */
export async function openLane(start: () => Promise<Stack>, logs: string): Promise<Lane & AsyncDisposable> {
  await using building = new AsyncDisposableStack()
  const stack = building.use(await start())
  building.defer(() => stack.saveLogs(logs))
  const observer = building.use(await openObserver(stack.address, stack.namespace))
  const owned = building.move()
  return { stack, observer, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}
