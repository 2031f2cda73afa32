// Whatever tells readers about a campaign is a reporter. Each kind has a folder of its own beside this file.
import type { PlannedRun } from '../campaign/plan.ts'
import { toChaosError, type ChaosError } from '../core/errors.ts'
import type { CampaignResult, RunResult } from '../result/campaign-result.ts'
import type { Comparison } from '../result/comparison.ts'

export interface FinishedRun {
  readonly planned: PlannedRun
  readonly run: RunResult
  /** The campaign as it stands with this run. */
  readonly result: CampaignResult
}

/** What a method throws ends the campaign, but for the last one: a full disk must not hide what was proven. */
export interface Reporter {
  /** The cluster is up, and nothing has run yet. */
  onCampaignReady?(result: CampaignResult): Promise<void>
  onRunFinished?(finished: FinishedRun): Promise<void>
  /** Also told of a campaign that was stopped. */
  onCampaignFinished(result: CampaignResult): Promise<void>
}

export interface ComparisonReporter {
  /** The comparison as it stands with one profile more. */
  onProfileFinished(comparison: Comparison): Promise<void>
}

/** Tells each of them, also if another one fails. @returns the first failure; undefined if there was none */
export async function tellAll<Told>(
  reporters: readonly Told[],
  tell: (reporter: Told) => Promise<void> | undefined,
): Promise<ChaosError | undefined> {
  const told = await Promise.allSettled(reporters.map(async (reporter) => tell(reporter)))
  const failed = told.find((one) => one.status === 'rejected')
  return failed === undefined ? undefined : toChaosError(failed.reason)
}
