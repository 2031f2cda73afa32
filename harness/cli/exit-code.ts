// From a campaign's outcome to the process's exit code, in the order of exit-codes.ts.
import type { CampaignOutcome } from '../campaign/campaign.ts'
import { exitCodes } from '../exit-codes.ts'

export function exitCodeOf({ result, stopped }: CampaignOutcome): number {
  const verdicts = result.scenarios.flatMap(({ runs }) => runs.map(({ verdict }) => verdict))
  if (stopped?.reason === 'interrupted') return exitCodes.interrupted.code
  if (stopped?.error.kind === 'usage') return exitCodes.usage.code
  if (verdicts.includes('fail')) return exitCodes.broken.code
  return result.gate.ok && stopped === null ? exitCodes.passed.code : exitCodes.unproven.code
}
