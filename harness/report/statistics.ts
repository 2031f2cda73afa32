// Statistics about a number of runs that claim no more than these runs can prove.
import { quantile } from 'simple-statistics'
import type { ScenarioResult } from '../result/campaign-result.ts'

/** With fewer runs than these, a percentile would be one of the points under a grander name. */
const runsForPercentiles = 20

/** The 95th percentile of the recovery; null with fewer than 20 measured runs. */
export function recoveryP95Ms(scenario: ScenarioResult): number | null {
  const measured = scenario.runs.map((run) => run.recoveryMs).filter((ms) => ms !== null)
  return measured.length < runsForPercentiles ? null : quantile(measured, 0.95)
}

/**
 * What `n` passes out of `n` runs prove: the smallest reliability `p` that still gives n of n with a chance
 * of 5 %, `p ** n = 0.05`. It is rounded down, so that it never claims too much.
 */
export function proves(n: number): string {
  if (n === 0) return '0 of 0: proves nothing'
  const percent = 0.05 ** (1 / n) * 100
  const shown = percent < 99 ? Math.floor(percent) : Math.floor(percent * 10) / 10
  return `${n} of ${n}: at least ${shown} % reliable at 95 % confidence`
}
