// The suite's cluster in a process that does not own it: usable and observable, but without faults.
import { copyLogs } from '../cluster/service/copy-logs.ts'
import { logSince } from '../cluster/service/log-since.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { readDeath } from './death.ts'
import type { SharedCluster } from './provided.ts'
import { toChaosError, type ChaosError } from '../core/errors.ts'

/** The polling interval for the cluster's death. */
const everyMs = 250

/** Disposing of it only ends the observation. */
export function attachCluster(shared: SharedCluster): Cluster {
  const health = new AbortController()
  const watching = setInterval(() => {
    const death = deathOf(shared)
    if (death !== undefined) health.abort(death)
  }, everyMs).unref()
  return {
    ...shared,
    watched: () => shared.processes,
    logs: {
      serverSince: (sinceMs) => logSince(shared.logFiles['temporal-server'], sinceMs),
      save: (to) => copyLogs(shared.logFiles, to),
    },
    health: health.signal,
    async [Symbol.asyncDispose]() {
      clearInterval(watching)
    },
  }
}

function deathOf({ deathFile }: SharedCluster): ChaosError | undefined {
  try {
    return readDeath(deathFile)
  } catch (thrown) {
    return toChaosError(thrown)
  }
}
