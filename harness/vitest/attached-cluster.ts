// The suite's cluster as a process sees it that does not own it: it can be used and watched, not struck.
import { ChaosError, toChaosError } from '../core/errors.ts'
import { copyLogs } from '../cluster/service/copy-logs.ts'
import { logSince } from '../cluster/service/log-since.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { readDeath } from './death.ts'
import type { SharedCluster } from './provided.ts'
import { startOrder, type Service } from '../cluster/service.ts'

/** Resolution of the news that it died. */
const everyMs = 250

/** Disposing of it only ends the watching. */
export function attachCluster(shared: SharedCluster): Cluster {
  const health = new AbortController()
  const watching = setInterval(() => {
    const death = deathOf(shared)
    if (death !== undefined) health.abort(death)
  }, everyMs).unref()
  return {
    ...shared,
    inside: null,
    server: notOurs('temporal-server', shared),
    postgres: notOurs('postgres', shared),
    watched: () => shared.processes,
    serverLogSince: (sinceMs) => logSince(shared.logFiles['temporal-server'], sinceMs),
    saveLogs: (to) => copyLogs(shared.logFiles, to),
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

function notOurs(name: Service['name'], { processes }: SharedCluster): Service {
  const refuse = async (): Promise<never> => {
    throw new ChaosError(`${name} is shared by the whole suite: no fault is injected into it`, {
      code: 'CHAOS_CLUSTER_SHARED',
      hint: "Give the scenario `isolation: 'own-cluster'`: its runs then get clusters of their own.",
    })
  }
  return {
    name,
    startOrder: startOrder[name],
    isUp: processes.some((one) => one.name === name),
    startDelayMs: () => 0,
    isPaused: false,
    isDisconnected: false,
    kill: refuse,
    stop: refuse,
    start: refuse,
    pause: refuse,
    resume: refuse,
    disconnect: refuse,
    reconnect: refuse,
  }
}
