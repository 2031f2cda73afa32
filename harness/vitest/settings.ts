// What `chaosTests` is told: by its caller, else by the environment, else the default; and how to say it again.
import { planCampaign, type CampaignPlan, type PlannedRun } from '../campaign/plan.ts'
import { readConfig, type Config } from '../config/config.ts'
import type { ProfileName } from '../config/profiles.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { drawSeed } from '../scenario/seed.ts'
import type { BackendName } from '../config/backends.ts'
import { suites } from '../config/suites.ts'
import { settings, settingsOf } from '../config/settings.ts'

export interface ChaosTestsOptions {
  readonly scenarios: readonly Scenario[]
  /** Runs of each scenario, a test each. @default `CHAOS_RUNS`, or 10 */
  readonly runs?: number
  /** @default `CHAOS_PROFILE`, or 'tuned' */
  readonly profile?: ProfileName
  /** Seed of all choices. @default `CHAOS_SEED`, or drawn; a failure says which */
  readonly seed?: number
  /** The longest recovery that passes, in milliseconds. @default `CHAOS_BUDGET`, or the scenario's own */
  readonly budget?: number
  /** Folder that records of failed runs are kept in. @default `CHAOS_OUT`, or 'reports' */
  readonly out?: string
}

/** What makes the clusters of a vitest suite. */
export const suiteBackend = 'process' satisfies BackendName

export interface SuiteSettings {
  readonly plan: CampaignPlan
  readonly config: Config
  /** Variables that make the same runs again, as a shell takes them before a command. */
  readonly again: string
}

/** @throws UsageError */
export function suiteSettings(
  { scenarios, ...given }: ChaosTestsOptions,
  env: NodeJS.ProcessEnv,
): SuiteSettings {
  const taken = settingsOf('vitest')
  const read = readConfig(given, env, taken)
  const seed = read.seed ?? drawSeed()
  const config = { ...read, seed, runs: read.runs ?? suites.gate.runs }
  const said = taken.filter((name) => {
    if (name === 'out' || given[name] !== undefined) return false
    return name === 'seed' || (env[settings[name].env] ?? '') !== ''
  })
  const again = said.map((name) => `${settings[name].env}=${String(config[name])}`).join(' ')
  const plan = planCampaign(scenarios, { ...config, run: undefined, for: undefined }, seed, suiteBackend)
  return { plan, config, again }
}

/**
 * The command that makes one run again.
 * @param file of the test, as it is typed
 */
export function againCommand(
  { again }: Pick<SuiteSettings, 'again'>,
  { scenario, run }: Pick<PlannedRun, 'scenario' | 'run'>,
  file: string,
): string {
  const command = `npx vitest run ${file} -t '${scenario.name} #${run}$'`
  return again === '' ? command : `${again} ${command}`
}
