// Decides what ends a campaign early: a run that does not pass (with --bail), the first broken promise of a soak, or an
// interruption.
import type { Config } from '../config/config.ts'
import { ChaosError, toChaosError } from '../core/errors.ts'
import type { Verdict } from '../result/campaign-result.ts'
import type { CampaignPlan, PlannedRun } from './plan.ts'
import type { Stop } from './result.ts'

/** @returns null if the campaign goes on after this run */
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

/**
 * The reason of an interruption, with the failures of the cleanup after it, because something may be left over. The first
 * failure is left out: the interruption itself caused it.
 * @param thrown by the campaign
 * @param wasOver all runs had ended, so every failure is one of the cleanup
 */
export function interruptedBy(reason: unknown, thrown: unknown, wasOver: boolean): ChaosError {
  const { message, code, kind, hint } = toChaosError(reason)
  const all = failuresIn(thrown).slice(wasOver ? 0 : 1)
  const failures = all.filter((one) => one !== reason).map(toChaosError)
  const hints = [hint, ...failures.map((one) => one.hint)].filter((one) => one !== undefined)
  const told = failures.map((one) => `${one.message} [${one.code}]`).join('; ')
  return new ChaosError(told === '' ? message : `${message}; then, cleaning up: ${told}`, {
    code,
    kind,
    cause: thrown,
    ...(hints.length === 0 ? {} : { hint: hints.join('\n') }),
  })
}

/** In the order in which they were thrown. */
function failuresIn(thrown: unknown): unknown[] {
  if (!(thrown instanceof SuppressedError)) return [thrown]
  return [...failuresIn(thrown.suppressed), ...failuresIn(thrown.error)]
}

function stopped(message: string): Stop {
  return { reason: 'bail', error: new ChaosError(message, { code: 'CHAOS_BAIL', kind: 'harness' }) }
}
