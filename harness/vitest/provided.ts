// Data about the shared cluster that vitest's main process, its owner, hands to the processes that run tests.
import { inject } from 'vitest'
import type { TestProject } from 'vitest/node'
import { UsageError } from '../core/errors.ts'
import type { Provisioned } from '../cluster/provision/provision.ts'
import type { TemporalEndpoint } from '../temporal/endpoint.ts'
import type { ProcessCluster } from '../cluster/backends/process/process-cluster.ts'

/** The parts of a cluster that another process on this machine can use. */
export interface SharedCluster extends Pick<ProcessCluster, 'backend' | 'versions' | 'logFiles'> {
  readonly endpoint: Pick<TemporalEndpoint, 'address' | 'namespace'>
  readonly processes: ReturnType<ProcessCluster['processes']>
  /** Appears when the cluster dies, and contains the reason. */
  readonly deathFile: string
  /** For the clusters of tests that inject faults into them. */
  readonly binaries: Provisioned
}

const key = 'temporalChaos'

declare module 'vitest' {
  interface ProvidedContext {
    [key]: SharedCluster
  }
}

export function provideSharedCluster(project: TestProject, cluster: SharedCluster): void {
  project.provide(key, cluster)
}

/** @throws UsageError if the suite has no shared cluster */
export function sharedCluster(): SharedCluster {
  // Undefined if nobody has provided it, whatever the types say.
  const shared: SharedCluster | undefined = inject(key)
  if (shared !== undefined) return shared
  throw new UsageError(
    'the suite has no cluster',
    "Add `globalSetup: ['temporal-chaos/vitest/shared-cluster']` to its project in vitest.config.ts.",
    'CHAOS_NO_SHARED_STACK',
  )
}
