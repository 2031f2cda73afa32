// A cluster for all tests of a file, and a place for what they start; both end with the tests.
import { afterAll, beforeAll } from 'vitest'
import type { ProcessCluster } from '../../harness/cluster/backends/process/process-cluster.ts'
import { openObserver, type Observer } from '../../harness/temporal/observer.ts'
import { openTestClusters, type TestClusters } from './clusters.ts'
import { openPlace, type Place } from './place.ts'

/** To be called once in a file or a `describe`. Its parts are there while the tests run. */
export interface RunningCluster {
  readonly clusters: TestClusters
  readonly cluster: ProcessCluster
  readonly place: Place
}

export function runningCluster(): RunningCluster {
  const owned = new AsyncDisposableStack()
  const running = {} as { -readonly [Part in keyof RunningCluster]: RunningCluster[Part] }
  beforeAll(async () => {
    running.clusters = owned.use(await openTestClusters())
    running.cluster = owned.use(await running.clusters.start())
    running.place = owned.use(await openPlace())
  })
  afterAll(() => owned.disposeAsync())
  return running
}

/** The same, with a connection of the harness's own to it. */
export function observedCluster(): RunningCluster & { readonly observer: Observer } {
  const owned = new AsyncDisposableStack()
  const running = runningCluster() as RunningCluster & { observer: Observer }
  beforeAll(async () => {
    running.observer = owned.use(await openObserver(running.cluster.endpoint))
  })
  afterAll(() => owned.disposeAsync())
  return running
}
