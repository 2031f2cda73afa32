// How much of all recovery has a named cause: the parts of every wait of a campaign, summed by cause.
import { sum } from 'simple-statistics'
import type { CampaignResult } from '../result/campaign-result.ts'

export interface WaitsByCause {
  /** Milliseconds by cause, the largest first. */
  readonly causes: readonly (readonly [name: string, ms: number])[]
  readonly totalMs: number
  /** The share with another cause than `dispatch`, from 0 to 1; null if nothing waited. */
  readonly namedShare: number | null
}

/** @param which every obligation, or only the one of each run that decides its recovery */
export function waitsByCause({ scenarios }: CampaignResult, which: 'all' | 'worst'): WaitsByCause {
  const sums = new Map<string, number>()
  for (const { obligations, worstObligation } of scenarios.flatMap(({ runs }) => runs)) {
    const counted =
      which === 'all' ? obligations : obligations.filter((_, index) => index === worstObligation)
    for (const [name, ms] of counted.flatMap(({ waitedMs = {} }) => Object.entries(waitedMs))) {
      sums.set(name, (sums.get(name) ?? 0) + ms)
    }
  }
  const totalMs = sum([...sums.values()])
  return {
    causes: [...sums].toSorted(([, a], [, b]) => b - a),
    totalMs,
    namedShare: totalMs === 0 ? null : 1 - (sums.get('dispatch') ?? 0) / totalMs,
  }
}
