// One line about the checks: all answers for one run, the missing ones for a whole campaign.
import type { CampaignResult } from '../result/campaign-result.ts'
import type { CheckResult } from '../result/check-result.ts'

/** `11 kept, 1 broken (recovery), 2 not checked: replay, no replayer for this worker; probes, no probe was made` */
export function describeChecks(checks: readonly CheckResult[]): string {
  const withStatus = (status: CheckResult['status']) => checks.filter((one) => one.status === status)
  const broken = withStatus('broken').map(({ check }) => check)
  const open = withStatus('not-checked').map(({ check, why }) =>
    why === undefined ? check : `${check}, ${why}`,
  )
  return [
    `${withStatus('kept').length} kept`,
    ...(broken.length === 0 ? [] : [`${broken.length} broken (${broken.join(', ')})`]),
    ...(open.length === 0 ? [] : [`${open.length} not checked: ${open.join('; ')}`]),
  ].join(', ')
}

/** The checks that a campaign missed, and in how many of its runs; empty if every run had every check. */
export function notCheckedLine({ scenarios }: CampaignResult): string {
  const runs = scenarios.flatMap((scenario) => scenario.runs)
  const open = runs.flatMap(({ checks }) => checks.filter(({ status }) => status === 'not-checked'))
  const parts = [...Map.groupBy(open, ({ check }) => check)].map(([check, times]) => {
    const reasons = [...new Set(times.map(({ why }) => why).filter((why) => why !== undefined))]
    const why = reasons.length === 1 ? ` (${reasons[0]})` : ''
    return `${check} in ${times.length === runs.length ? 'all' : `${times.length} of ${runs.length}`} runs${why}`
  })
  return parts.length === 0 ? '' : `not checked: ${parts.join(', ')}`
}
