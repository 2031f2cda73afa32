// From a campaign's outcome to the process's exit code, in the order of exit-codes.ts.
import type { CampaignOutcome } from '../campaign/campaign.ts'
import type { ChaosError } from '../errors.ts'
import { exitCodes } from '../exit-codes.ts'

/** @param unreported why the reports could not be written; undefined where they were */
export function exitCodeOf({ result, stopped }: CampaignOutcome, unreported?: ChaosError): number {
  const verdicts = result.scenarios.flatMap(({ runs }) => runs.map(({ verdict }) => verdict))
  if (stopped?.reason === 'interrupted') return exitCodes.interrupted.code
  if (stopped?.error.kind === 'usage') return exitCodes.usage.code
  if (verdicts.includes('fail')) return exitCodes.broken.code
  const isProven = result.gate.ok && stopped === null && unreported === undefined
  return isProven ? exitCodes.passed.code : exitCodes.unproven.code
}
