// The end of a campaign on the console, whoever judged it: tables, what was proven, the failures, and the totals last.
// Pure: text in, text out, so that the same result always reads the same.
import type { CampaignResult } from '../../result/campaign-result.ts'
import { notCheckedLine } from '../check-summary.ts'
import { proves } from '../statistics.ts'
import { failureBlock } from './failures.ts'
import type { Paint } from './paint.ts'
import { paragraphs } from './paragraphs.ts'
import { besidesTable, resourcesLine } from './secondary-metrics.ts'
import { summaryTable } from './summary-table.ts'

export interface CampaignEndOptions {
  /** The folder that the runs' folders are relative to, as a user can type it. */
  readonly folder: string
  /** What else is to be said about this campaign, before its failures. Empty texts are left out. */
  readonly notes: readonly string[]
  readonly paint: Paint
}

export function campaignEnd(result: CampaignResult, { folder, notes, paint }: CampaignEndOptions): string {
  return paragraphs([
    summaryTable(result, paint),
    besidesTable(result, paint),
    resourcesLine(result),
    notCheckedLine(result),
    proof(result),
    ...notes,
    failureBlock(result, folder, paint),
    totals(result),
  ])
}

/** What the passes prove; empty unless every required run passed. */
export function proof({ gate, scenarios }: CampaignResult): string {
  const [first, ...others] = scenarios
  if (!gate.ok || first === undefined) return ''
  if (others.length === 0) return proves(first.required)
  // A soak comes to some scenarios more often than to others: what it proves is about a scenario drawn at random.
  const isEven = others.every(({ required }) => required === first.required)
  return isEven
    ? `each scenario ${proves(first.required)}`
    : `scenarios drawn at random: ${proves(gate.required)}`
}

/** The last line. Whatever did not pass has failed here: a run that proved nothing must not look like a success. */
export function totals(result: CampaignResult): string {
  const { passed, required } = result.gate
  return `${passed} passed, ${required - passed} failed`
}
