// The capabilities of clusters beyond serving clients, and the reasons for those they lack. Plans ask about a backend
// before anything starts; runs ask about their own cluster.
import { backends, type BackendName, type Capability } from '../config/backends.ts'
import { ChaosError } from '../core/errors.ts'
import type { Cluster } from './cluster.ts'
import type { Service } from './service.ts'

/** For each capability null if it is there, else the reason, in words that follow a colon. */
export type Capabilities = Readonly<Record<Capability, string | null>>

type Parts = Pick<Cluster, 'backend' | 'controls' | 'database' | 'logs' | 'containerNetwork'>

/** The capabilities of the clusters of a backend. */
export function capabilitiesOfBackend(name: BackendName): Capabilities {
  const { lacks } = backends[name]
  const services = lacks.services ?? null
  return {
    services,
    disconnect: services ?? lacks.disconnect ?? null,
    database: lacks.database ?? null,
    logs: lacks.logs ?? null,
    'container-network': lacks['container-network'] ?? null,
    'kept-state': lacks['kept-state'] ?? null,
  }
}

export function capabilitiesOf(cluster: Parts): Capabilities {
  const backend = capabilitiesOfBackend(cluster.backend)
  const missing = (part: unknown, why: string) => (part === undefined ? why : null)
  const services =
    backend.services ?? missing(cluster.controls, 'its services are not in the hands of the harness')
  return {
    services,
    disconnect: services ?? backend.disconnect,
    database: backend.database ?? missing(cluster.database, 'the harness has no access to its database'),
    logs: backend.logs ?? missing(cluster.logs, "the harness has no access to its services' logs"),
    'container-network':
      backend['container-network'] ?? missing(cluster.containerNetwork, 'it is no cluster of containers'),
    'kept-state': backend['kept-state'],
  }
}

/** The reasons for those of the needs that are lacking, each once. */
export function reasonsAgainst(given: Capabilities, needs: readonly Capability[]): string[] {
  return [...new Set(needs.map((need) => given[need]).filter((reason) => reason !== null))]
}

/** @throws ChaosError `CHAOS_CAPABILITY_MISSING` (kind unmet) that names what the cluster lacks and why */
export function assertCapable(cluster: Parts, needs: readonly Capability[], who: string): void {
  const capabilities = capabilitiesOf(cluster)
  for (const need of needs) {
    const why = capabilities[need]
    if (why === null) continue
    throw new ChaosError(`${who} needs ${need} of its cluster: ${why}`, {
      code: 'CHAOS_CAPABILITY_MISSING',
      kind: 'unmet',
    })
  }
}

/** @throws ChaosError `CHAOS_CAPABILITY_MISSING` if the cluster has no such service that can be struck */
export function serviceOf(cluster: Parts, name: Service['name'], who: string): Service {
  assertCapable(cluster, ['services'], who)
  const service = cluster.controls?.services.find((one) => one.name === name)
  if (service !== undefined) return service
  throw new ChaosError(`${who} needs ${name}, which is none of the services of its cluster`, {
    code: 'CHAOS_CAPABILITY_MISSING',
    kind: 'unmet',
  })
}
