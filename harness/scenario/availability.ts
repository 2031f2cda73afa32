// Which scenarios a backend's clusters can run: what one of them needs beyond what every cluster can do is known beforehand.
import { UsageError } from '../core/errors.ts'
import { backendNames, backends, type BackendName } from '../config/backends.ts'
import type { Scenario } from './scenario.ts'

/** A scenario that is left out, and why, as it reads after a colon. */
export interface Skipped {
  readonly scenario: string
  readonly reason: string
}

/** What the backend lacks of what the scenario needs; null where it can run there. */
function whyUnavailable({ needs }: Scenario, backend: BackendName): string | null {
  const { lacks } = backends[backend]
  const reasons = needs.map((need) => lacks[need]).filter((reason) => reason !== undefined)
  return reasons.length === 0 ? null : reasons.join('; ')
}

/** Those that can run on the backend, and those that are skipped there. */
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
 * For scenarios that the user named: skipping one of them would be doing something else than was asked for.
 * @throws UsageError `CHAOS_SCENARIO_UNAVAILABLE` with the reason and the backends that can
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
