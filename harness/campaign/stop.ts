// Which run ends a campaign before its time: with --bail any that does not pass, of a soak the first broken promise.
import type { Config } from '../config.ts'
import { ChaosError } from '../errors.ts'
import type { Verdict } from '../record/timing.ts'
import type { CampaignPlan, PlannedRun } from './plan.ts'
import type { Stop } from './result.ts'

/** @returns null where the campaign goes on after this run */
export function stopAfter(
  { scenario, run }: PlannedRun,
  verdict: Verdict,
  { soak }: Pick<CampaignPlan, 'soak'>,
  { bail, keepGoing }: Pick<Config, 'bail' | 'keepGoing'>,
): Stop | null {
  const name = `${scenario.name} #${run}`
  if (bail && verdict !== 'pass') return stopped(`stopped at ${name}, which did not pass (--bail)`)
  if (soak !== null && !keepGoing && verdict === 'fail')
    return stopped(`stopped at ${name}, which broke its promise (--keep-going goes on)`)
  return null
}

function stopped(message: string): Stop {
  return { reason: 'bail', error: new ChaosError(message, { code: 'CHAOS_BAIL', kind: 'harness' }) }
}
