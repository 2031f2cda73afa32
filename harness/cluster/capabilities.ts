// What a cluster can do beyond serving clients, and why it cannot do the rest: the one answer for scenarios and reports.
import { backends, type Capability } from '../config/backends.ts'
import { ChaosError } from '../core/errors.ts'
import type { Cluster } from './cluster.ts'
import type { Service } from './service.ts'

/** For each capability null if the cluster has it, else why not, as it reads after a colon. */
export type Capabilities = Readonly<Record<Capability, string | null>>

type Parts = Pick<Cluster, 'backend' | 'controls' | 'database' | 'logs' | 'containerNetwork'>

export function capabilitiesOf(cluster: Parts): Capabilities {
  const services = cluster.controls === undefined ? 'its services are not in the hands of the harness' : null
  const unless = (part: unknown, why: string) => (part === undefined ? why : null)
  return {
    services,
    disconnect: services ?? backends[cluster.backend].lacks.disconnect ?? null,
    database: unless(cluster.database, 'the harness has no access to its database'),
    logs: unless(cluster.logs, "the harness has no access to its services' logs"),
    'container-network': unless(cluster.containerNetwork, 'it is no cluster of containers'),
  }
}

/** @throws ChaosError `CHAOS_CAPABILITY_MISSING` (kind assumption) that names what the cluster lacks and why */
export function assertCapable(cluster: Parts, needs: readonly Capability[], who: string): void {
  const capabilities = capabilitiesOf(cluster)
  for (const need of needs) {
    const why = capabilities[need]
    if (why === null) continue
    throw new ChaosError(`${who} needs ${need} of its cluster: ${why}`, {
      code: 'CHAOS_CAPABILITY_MISSING',
      kind: 'assumption',
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
    kind: 'assumption',
  })
}
