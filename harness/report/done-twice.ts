// Whether the activities of a user's own worker may have done their work twice.
import { sum } from 'simple-statistics'
import type { CampaignResult, RunResult } from '../result/campaign-result.ts'

const help = 'see docs/ledger.md of temporal-chaos'

/**
 * Says that the ledger heard of an effect twice, or that nobody looked though attempts were repeated. Empty if neither is
 * so, and for the demonstration, whose outside accepts each key once.
 */
export function doneTwiceLine({ campaign, scenarios }: CampaignResult): string {
  if (campaign.settings['project'] === undefined) return ''
  const all = scenarios.flatMap(({ name, runs }) => runs.map((run) => ({ name, run })))
  const again = all.filter(({ run }) => run.effects.repeated > 0)
  const [first] = again
  if (first !== undefined) {
    return (
      `done twice? The ledger heard of an effect again in ${again.length} of ${all.length} runs, such as ${first.name} ` +
      `#${first.run.run}. If what the activity calls does not know the key of a call, the work was done twice: ${help}`
    )
  }
  const repeated = sum(all.map(({ run }) => run.retries?.activityAttempts ?? 0))
  if (repeated === 0 || all.some(({ run }) => wasLooked(run))) return ''
  return (
    `NOT CHECKED: whether activities did their work twice. ${repeated} attempts were repeated, ` +
    `and neither the ledger nor a query of your tables tells what they did: ${help}`
  )
}

function wasLooked({ checks }: RunResult): boolean {
  return checks.some(({ check, status }) => looks.has(check) && status !== 'not-checked')
}

/** The checks that see what activities did. */
const looks: ReadonlySet<string> = new Set(['effects', 'rows'])
