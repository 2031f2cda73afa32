// The end of a comparison's output: tables, failures other than slowness, and how many runs were judged.
import { consoleTexts } from '../../core/console-text.ts'
import type { ChaosError } from '../../core/errors.ts'
import type { CampaignResult } from '../../result/campaign-result.ts'
import type { Comparison } from '../../result/comparison.ts'
import { isUnsafe } from '../comparison.ts'
import { settingsAskedLine } from '../settings-asked.ts'
import { settingsSeenLine } from '../settings-seen.ts'
import { comparisonTables } from './comparison-tables.ts'
import { describeStop, describeUnreported } from './error-text.ts'
import { failureBlock } from './failures.ts'
import { plain, type Paint } from './paint.ts'
import { paragraphs } from './paragraphs.ts'

export interface ComparisonEnd {
  /** Undefined if no profile was run. */
  readonly comparison: Comparison | undefined
  /** The campaigns that ended, one for each profile. */
  readonly campaigns: readonly ComparedCampaign[]
  readonly asked: { readonly runs: number; readonly profiles: number }
  /** The comparison's folder, as a user can type it. */
  readonly folder: string
  readonly seed: number
  readonly unreported: ChaosError | undefined
}

export interface ComparedCampaign {
  readonly result: CampaignResult
  /** The campaign's folder, as a user can type it. */
  readonly folder: string
  readonly stopped: ChaosError | undefined
}

export function comparisonEnd(end: ComparisonEnd, paint: Paint = plain): string {
  const { comparison, campaigns, folder, seed, unreported } = end
  return paragraphs([
    comparison === undefined ? '' : comparisonTables(consoleTexts(comparison), paint),
    ...campaigns.map(({ result }) => settingsOf(consoleTexts(result))),
    `reports: ${folder}  seed: ${seed}`,
    ...campaigns.map(({ stopped }) => describeStop(stopped)),
    describeUnreported(unreported),
    // Slow runs are no failures here: a comparison exists to show which profiles are too slow.
    ...campaigns.map((one) =>
      failureBlock(one.result, one.folder, paint, (run) => run.verdict !== 'fail' || isUnsafe(run)),
    ),
    totals(end),
  ])
}

/** Of a project's own profile: what it asks for, and under it what was seen. */
function settingsOf(result: CampaignResult): string {
  const asked = settingsAskedLine(result)
  const seen = settingsSeenLine(result)
  return asked === '' || seen === '' ? asked : `${asked}\n${seen}`
}

function totals({ campaigns, asked }: ComparisonEnd): string {
  const runs = campaigns.flatMap(({ result }) => result.scenarios.flatMap((scenario) => scenario.runs))
  const judged = runs.filter(({ verdict }) => verdict === 'pass' || verdict === 'fail')
  return `${judged.length} of ${asked.runs} runs judged under ${campaigns.length} of ${asked.profiles} profiles`
}
