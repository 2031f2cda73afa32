// The end of a campaign on the console, whoever judged it: tables, what was proven, and the failures last.
import type { CampaignResult } from '../../result/campaign-result.ts'
import { notCheckedLine } from '../check-summary.ts'
import { failureBlock, proof, summaryTable, totals } from './campaign-summary.ts'
import type { Paint } from './paint.ts'
import { besidesTable, resourcesLine } from './secondary-metrics.ts'

export interface CampaignEndOptions {
  /** The folder that the runs' folders are relative to, as a user can type it. */
  readonly folder: string
  /** What is to be said of this campaign besides, before its failures. Empty texts are left out. */
  readonly notes: readonly string[]
  readonly paint: Paint
}

export function campaignEnd(result: CampaignResult, { folder, notes, paint }: CampaignEndOptions): string {
  const parts = [
    summaryTable(result, paint),
    besidesTable(result, paint),
    resourcesLine(result),
    notCheckedLine(result),
    proof(result),
    ...notes,
    failureBlock(result, folder, paint),
    totals(result),
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}
