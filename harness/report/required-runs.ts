// The runs that the gate requires, so that every report can show the missing ones.
import type { CampaignResult, ScenarioResult } from '../result/campaign-result.ts'

export interface MissingRun {
  readonly scenario: string
  readonly run: number
}

/** The numbers of a scenario's required runs: 1 to n, or only that of `--run`. */
function requiredRunNumbers({ required }: ScenarioResult, only: unknown): number[] {
  if (typeof only === 'number' && required === 1) return [only]
  return Array.from({ length: required }, (_, index) => index + 1)
}

/** Required runs of a scenario that were not executed (yet). */
export function missingRuns(result: CampaignResult, scenario: ScenarioResult): MissingRun[] {
  // Records that are judged without their campaign may have any numbers.
  if (scenario.runs.length >= scenario.required) return []
  const executed = new Set(scenario.runs.map((run) => run.run))
  return requiredRunNumbers(scenario, result.campaign.settings['run'])
    .filter((run) => !executed.has(run))
    .map((run) => ({ scenario: scenario.name, run }))
}

/** Why runs are missing, in words that follow a colon. */
export function whyMissing(result: CampaignResult): string {
  const { required, stopped } = result.gate
  if (stopped !== null) return `${stopped.reason}: ${stopped.message}`
  // A soak requires the runs that it has started, which at first are none.
  return required === 0 && result.campaign.settings['suite'] !== 'soak'
    ? 'no scenario was selected that can run here'
    : 'the campaign has not ended'
}
