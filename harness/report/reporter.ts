// A reporter informs readers about a campaign. Each kind of reporter has its folder next to this file.
import type { PlannedRun } from '../campaign/plan.ts'
import { toChaosError, type ChaosError } from '../core/errors.ts'
import type { CampaignResult, RunResult } from '../result/campaign-result.ts'
import type { Comparison } from '../result/comparison.ts'

export interface FinishedRun {
  readonly planned: PlannedRun
  readonly run: RunResult
  /** The campaign's result so far, including this run. */
  readonly result: CampaignResult
}

/**
 * An error of a method ends the campaign, except in the last method: a full disk must not hide the result.
 */
export interface Reporter {
  /** The cluster is up, and nothing has run yet. */
  onCampaignReady?(result: CampaignResult): Promise<void>
  onRunFinished?(finished: FinishedRun): Promise<void>
  /** Called for a stopped campaign also. */
  onCampaignFinished(result: CampaignResult): Promise<void>
}

export interface ComparisonReporter {
  /** The comparison so far, including this profile. */
  onProfileFinished(comparison: Comparison): Promise<void>
}

/** Calls every reporter even if one fails. @returns the first failure; undefined if there was none */
export async function tellAll<Told>(
  reporters: readonly Told[],
  tell: (reporter: Told) => Promise<void> | undefined,
): Promise<ChaosError | undefined> {
  const told = await Promise.allSettled(reporters.map(async (reporter) => tell(reporter)))
  const failed = told.find((one) => one.status === 'rejected')
  return failed === undefined ? undefined : toChaosError(failed.reason)
}
