// The end of a campaign's output on the console: tables, what was proven, failures, and the totals last. It
// is pure: the same result always gives the same text.
import { consoleTexts } from '../../core/console-text.ts'
import type { CampaignResult } from '../../result/campaign-result.ts'
import { notCheckedLine } from '../check-summary.ts'
import { doneTwiceLine } from '../done-twice.ts'
import { machineHelp } from '../machine-texts.ts'
import { settingsAskedLine } from '../settings-asked.ts'
import { settingsSeenLine } from '../settings-seen.ts'
import { proves } from '../statistics.ts'
import { failureBlock } from './failures.ts'
import type { Paint } from './paint.ts'
import { paragraphs } from './paragraphs.ts'
import { besidesTable, resourcesLine } from './secondary-metrics.ts'
import { summaryTable } from './summary-table.ts'

export interface CampaignEndOptions {
  /** The folder that contains the runs' folders, as a user can type it. */
  readonly folder: string
  /** Further texts about this campaign, shown before its failures. Empty texts are left out. */
  readonly notes: readonly string[]
  readonly paint: Paint
}

export function campaignEnd(given: CampaignResult, { folder, notes, paint }: CampaignEndOptions): string {
  const result = consoleTexts(given)
  return paragraphs([
    summaryTable(result, paint),
    besidesTable(result, paint),
    resourcesLine(result),
    settingsAskedLine(result),
    settingsSeenLine(result),
    doneTwiceLine(result),
    notCheckedLine(result),
    proof(result),
    ...notes,
    failureBlock(result, folder, paint),
    machineHelp(result),
    totals(result),
  ])
}

/** What the passes prove; empty unless every required run passed. */
export function proof({ gate, scenarios }: CampaignResult): string {
  const [first, ...others] = scenarios
  if (!gate.ok || first === undefined) return ''
  if (others.length === 0) return proves(first.required)
  // A soak draws some scenarios more often than others, so its proof is about a scenario drawn at random.
  const isEven = others.every(({ required }) => required === first.required)
  return isEven
    ? `each scenario ${proves(first.required)}`
    : `scenarios drawn at random: ${proves(gate.required)}`
}

/**
 * The last line. Everything that did not pass counts as failed: a run that proved nothing must not look like
 * a success.
 */
export function totals(result: CampaignResult): string {
  const { passed, required } = result.gate
  return `${passed} passed, ${required - passed} failed`
}
