// Derives the exit code from the outcome of a campaign or comparison, in the order of exit-codes.ts.
import type { CampaignOutcome } from '../campaign/campaign.ts'
import type { ChaosError } from '../core/errors.ts'
import { exitCodes } from '../core/exit-codes.ts'
import type { CampaignResult } from '../result/campaign-result.ts'
import { findingsOf } from '../result/check-result.ts'
import { isJudged, isUnsafe } from '../report/comparison.ts'

const wrongPlanCodes = ['CHAOS_PLAN_INVALID_CHOICE', 'CHAOS_PLAN_UNKNOWN_CHOICE'] as const

/** @param unreported why the reports could not be written; undefined if they were */
export function exitCodeOf({ result, stopped }: CampaignOutcome, unreported?: ChaosError): number {
  const verdicts = result.scenarios.flatMap(({ runs }) => runs.map(({ verdict }) => verdict))
  if (stopped?.reason === 'interrupted') return exitCodes.interrupted.code
  if (stopped?.error.kind === 'usage' || hasWrongPlan(result)) return exitCodes.usage.code
  if (verdicts.includes('fail')) return exitCodes.broken.code
  const isProven = result.gate.ok && stopped === null && unreported === undefined
  return isProven ? exitCodes.passed.code : exitCodes.unproven.code
}

/** For records that are judged again. If their campaign was stopped early, its gate is not ok. */
export function analysisExitCode({ scenarios, gate }: CampaignResult): number {
  if (scenarios.some(({ runs }) => runs.some(({ verdict }) => verdict === 'fail')))
    return exitCodes.broken.code
  return gate.ok ? exitCodes.passed.code : exitCodes.unproven.code
}

/** A wrong choice may show only after the run, if it depends on other choices or on an answer. */
function hasWrongPlan({ scenarios }: CampaignResult): boolean {
  const codes = scenarios.flatMap(({ runs }) => runs.flatMap(({ checks }) => findingsOf(checks)))
  return codes.some(({ code }) => wrongPlanCodes.some((wrong) => wrong === code))
}

/**
 * Slow runs do not fail a comparison, since it exists to show which profiles are too slow.
 * @param asked the number of profiles to compare
 * @param unreported why the reports could not be written; undefined if they were
 */
export function comparisonExitCode(
  outcomes: readonly CampaignOutcome[],
  asked: number,
  unreported?: ChaosError,
): number {
  const stops = outcomes.map(({ stopped }) => stopped).filter((stopped) => stopped !== null)
  const runs = outcomes.flatMap(({ result }) => result.scenarios.flatMap(({ runs }) => runs))
  if (stops.some(({ reason }) => reason === 'interrupted')) return exitCodes.interrupted.code
  if (stops.some(({ error }) => error.kind === 'usage')) return exitCodes.usage.code
  if (runs.some(isUnsafe)) return exitCodes.broken.code
  const isComplete = outcomes.length === asked && outcomes.every(({ result }) => isJudged(result))
  return isComplete && unreported === undefined ? exitCodes.passed.code : exitCodes.unproven.code
}
