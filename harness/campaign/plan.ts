// What a campaign is going to run, decided before anything is started.
import type { Config } from '../config.ts'
import { UsageError } from '../errors.ts'
import { runSeed } from '../scenario/seed.ts'
import type { Scenario } from '../scenario/scenario.ts'

export interface PlannedRun {
  readonly scenario: Scenario
  /** From 1. */
  readonly run: number
  readonly seed: number
  readonly budgetMs: number
}

export interface CampaignPlan {
  readonly seed: number
  readonly runs: readonly PlannedRun[]
}

/**
 * Runs in the order of the scenarios and their numbers.
 * @throws UsageError where nothing is left to run: a campaign that executes nothing is never green
 */
export function planCampaign(
  scenarios: readonly Scenario[],
  config: Pick<Config, 'runs' | 'run' | 'budget'>,
  seed: number,
): CampaignPlan {
  const numbers =
    config.run === undefined ? Array.from({ length: config.runs }, (_, index) => index + 1) : [config.run]
  const runs = scenarios.flatMap((scenario) =>
    numbers.map((run) => ({
      scenario,
      run,
      seed: runSeed(seed, scenario.name, run),
      budgetMs: config.budget ?? scenario.budgetMs,
    })),
  )
  if (runs.length === 0)
    throw new UsageError('nothing is selected to run', 'See `pnpm chaos list`.', 'CHAOS_NOTHING_SELECTED')
  return { seed, runs }
}
