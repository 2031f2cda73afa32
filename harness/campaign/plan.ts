// What a campaign will run, decided before anything is started.
import type { Config } from '../config/config.ts'
import { commandName } from '../core/command-name.ts'
import { UsageError } from '../core/errors.ts'
import { checkAvailable, partByBackend, type Skipped } from '../scenario/availability.ts'
import type { GivenChoices } from '../scenario/choose.ts'
import type { Plan } from '../scenario/plan-file.ts'
import { deriveSeed, runSeed } from '../core/seed.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { BackendName } from '../config/backends.ts'

export interface PlannedRun {
  readonly scenario: Scenario
  /** From 1. */
  readonly run: number
  readonly seed: number
  readonly budgetMs: number
  /** Choices that are not drawn. @default none */
  readonly choices?: GivenChoices
  /** A golden run: it strikes nothing, and its workflows have ids and queues of their own. @default false */
  readonly isGolden?: boolean
}

export interface CampaignPlan {
  readonly seed: number
  /** The backend of the clusters for its runs. */
  readonly backend: BackendName
  /** Every run that the gate asks for, in the order of scenarios and numbers; empty for a soak. */
  readonly runs: readonly PlannedRun[]
  /** Null if the runs are known in advance. */
  readonly soak: Soak | null
  /** Scenarios that the backend cannot run. The gate does not require them. */
  readonly skipped: readonly Skipped[]
}

/** A campaign without a fixed number of runs. It draws one after the other, and the gate requires those that began. */
export interface Soak {
  readonly scenarios: readonly Scenario[]
  /** How long it starts new runs, in milliseconds. Runs under way at the end are finished. */
  readonly forMs: number
  /** An endless sequence, from its beginning at each call. The same seed and scenarios give the same sequence. */
  draw(): Iterable<PlannedRun>
}

/** Either `runs` or `for` is set (`readConfig` takes care of that). `run` comes before both. */
type PlanConfig = Pick<Config, 'runs' | 'run' | 'budget'> & Partial<Pick<Config, 'for'>>

/**
 * The runs of these scenarios by these settings: one run, a number of runs of each, or a soak.
 * @param backend the backend of the clusters
 * @throws UsageError if nothing is left to run, because a campaign that executes nothing is never green
 */
export function planCampaign(
  selected: readonly Scenario[],
  config: PlanConfig,
  seed: number,
  backend: BackendName,
): CampaignPlan {
  const { runs: perScenario = 0, run, budget, for: forMs } = config
  const { available: scenarios, skipped } = partByBackend(selected, backend)
  const [first, ...others] = scenarios
  const plan = planRunWith(seed, budget)
  if (first !== undefined && forMs !== undefined && run === undefined) {
    return {
      seed,
      backend,
      runs: [],
      soak: { scenarios, forMs, draw: () => drawRuns([first, ...others], plan, seed) },
      skipped,
    }
  }
  const numbers = run === undefined ? Array.from({ length: perScenario }, (_, index) => index + 1) : [run]
  const runs = scenarios.flatMap((scenario) => numbers.map((number) => plan(scenario, number)))
  if (runs.length === 0) throw nothingToRun(skipped)
  return { seed, backend, runs, soak: null, skipped }
}

/**
 * The one run of a plan, with all of the plan's choices.
 * @throws UsageError `CHAOS_SCENARIO_UNAVAILABLE` if the backend cannot run the scenario
 */
export function planReplay(
  scenario: Scenario,
  plan: Pick<Plan, 'campaignSeed' | 'run' | 'choices'>,
  budgetMs: number,
  backend: BackendName,
): CampaignPlan {
  checkAvailable([scenario], backend)
  const { campaignSeed, run } = plan
  const choices = Object.fromEntries(Object.entries(plan.choices).map(([name, { value }]) => [name, value]))
  const planned = planRunWith(campaignSeed, budgetMs)(scenario, run)
  return { seed: campaignSeed, backend, runs: [{ ...planned, choices }], soak: null, skipped: [] }
}

function nothingToRun(skipped: readonly Skipped[]): UsageError {
  const why = skipped.map(({ scenario, reason }) => `; skipped ${scenario}: ${reason}`).join('')
  return new UsageError(
    `nothing is selected to run${why}`,
    `See \`${commandName} list\`.`,
    'CHAOS_NOTHING_SELECTED',
  )
}

type PlanRun = (scenario: Scenario, run: number) => PlannedRun

function planRunWith(seed: number, budget: number | undefined): PlanRun {
  return (scenario, run) => ({
    scenario,
    run,
    seed: runSeed(seed, scenario.name, run),
    budgetMs: budget ?? scenario.budgetMs,
  })
}

/**
 * Draws every scenario with the same likelihood. Runs are numbered as they are drawn, so a number always names the same
 * run.
 */
function* drawRuns(
  scenarios: readonly [Scenario, ...Scenario[]],
  plan: PlanRun,
  seed: number,
): Generator<PlannedRun, never> {
  const drawn = new Map<Scenario, number>()
  for (let turn = 1; ; turn += 1) {
    const scenario = scenarios[deriveSeed(seed, 'soak', turn) % scenarios.length] ?? scenarios[0]
    const run = (drawn.get(scenario) ?? 0) + 1
    drawn.set(scenario, run)
    yield plan(scenario, run)
  }
}
