// Decides before the start which scenarios a backend's clusters can run.
import { UsageError } from '../core/errors.ts'
import { capabilitiesOfBackend, reasonsAgainst } from '../cluster/capabilities.ts'
import { backendNames, type BackendName, type Capability } from '../config/backends.ts'
import type { Scenario } from './scenario.ts'

/** A skipped scenario with the reason, in words that follow a colon. */
export interface Skipped {
  readonly scenario: string
  readonly reason: string
}

/** The capabilities that its cluster must have: a run with a cluster of its own may inject faults into the services. */
export function needsOf({ isolation, needs }: Pick<Scenario, 'isolation' | 'needs'>): readonly Capability[] {
  return isolation === 'own-cluster' ? [...new Set<Capability>(['services', ...needs])] : needs
}

/** Why the scenario cannot run on the backend; null if it can. */
function whyUnavailable(scenario: Scenario, backend: BackendName): string | null {
  const reasons = reasonsAgainst(capabilitiesOfBackend(backend), needsOf(scenario))
  return reasons.length === 0 ? null : reasons.join('; ')
}

/** Separates the scenarios that can run on the backend from those that are skipped. */
export function partByBackend(
  scenarios: readonly Scenario[],
  backend: BackendName,
): { readonly available: readonly Scenario[]; readonly skipped: readonly Skipped[] } {
  const available: Scenario[] = []
  const skipped: Skipped[] = []
  for (const scenario of scenarios) {
    const reason = whyUnavailable(scenario, backend)
    if (reason === null) available.push(scenario)
    else skipped.push({ scenario: scenario.name, reason })
  }
  return { available, skipped }
}

/**
 * For scenarios that the user named: skipping one would not be what the user asked for.
 * @throws UsageError `CHAOS_SCENARIO_UNAVAILABLE` with the reason and the backends that can run it
 */
export function checkAvailable(scenarios: readonly Scenario[], backend: BackendName): void {
  for (const scenario of scenarios) {
    const reason = whyUnavailable(scenario, backend)
    if (reason === null) continue
    const able = backendNames.filter((name) => whyUnavailable(scenario, name) === null)
    throw new UsageError(
      `${scenario.name} cannot run on backend ${backend}: ${reason}`,
      able.length === 0 ? 'No backend can.' : `Add ${able.map((name) => `--backend ${name}`).join(' or ')}.`,
      'CHAOS_SCENARIO_UNAVAILABLE',
    )
  }
}
