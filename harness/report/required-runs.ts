// Which runs the gate asked for, so that every report can show those that were never executed.
import type { CampaignResult, ScenarioResult } from '../result/campaign-result.ts'

export interface MissingRun {
  readonly scenario: string
  readonly run: number
}

/** The numbers of the runs that the gate asks of a scenario: 1 to n, or the only one of `--run`. */
function requiredRunNumbers({ required }: ScenarioResult, only: unknown): number[] {
  if (typeof only === 'number' && required === 1) return [only]
  return Array.from({ length: required }, (_, index) => index + 1)
}

/** Runs of a scenario that the gate asks for and that were not executed (yet). */
export function missingRuns(result: CampaignResult, scenario: ScenarioResult): MissingRun[] {
  // Records that are judged alone may bear any numbers.
  if (scenario.runs.length >= scenario.required) return []
  const executed = new Set(scenario.runs.map((run) => run.run))
  return requiredRunNumbers(scenario, result.campaign.settings['run'])
    .filter((run) => !executed.has(run))
    .map((run) => ({ scenario: scenario.name, run }))
}

/** Why runs are missing, as it reads after a colon. */
export function whyMissing(result: CampaignResult): string {
  const { required, stopped } = result.gate
  if (stopped !== null) return `${stopped.reason}: ${stopped.message}`
  // A soak requires what it has begun: at first nothing.
  return required === 0 && result.campaign.settings['suite'] !== 'soak'
    ? 'no scenario was selected that can run here'
    : 'the campaign has not come to its end'
}
