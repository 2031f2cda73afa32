// The settings of `chaosTests`: from its caller, else from the environment, else the default. Also the
// command to repeat runs.
import { planCampaign, type CampaignPlan, type PlannedRun } from '../campaign/plan.ts'
import { readConfig, type Config } from '../config/config.ts'
import type { ProfileName } from '../config/profiles.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { drawSeed } from '../core/seed.ts'
import type { BackendName } from '../config/backends.ts'
import { suites } from '../config/suites.ts'
import { settings, settingsOf } from '../config/settings.ts'

export interface ChaosTestsOptions {
  readonly scenarios: readonly Scenario[]
  /** Runs of each scenario, each as a test. @default `CHAOS_RUNS`, or 10 */
  readonly runs?: number
  /** @default `CHAOS_PROFILE`, or 'tuned' */
  readonly profile?: ProfileName
  /** Seed of all choices. @default `CHAOS_SEED`, or drawn; a failure shows it */
  readonly seed?: number
  /**
   * The longest recovery that still passes, in milliseconds. @default `CHAOS_BUDGET`, or the scenario's own
   */
  readonly budget?: number
  /** The folder that keeps the records of failed runs. @default `CHAOS_OUT`, or 'reports' */
  readonly out?: string
}

/** The backend of a vitest suite's clusters. */
export const suiteBackend = 'process' satisfies BackendName

export interface SuiteSettings {
  readonly plan: CampaignPlan
  readonly config: Config
  /** Environment variables that repeat the same runs, as a prefix of a shell command. */
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
 * The command that repeats one run.
 * @param file the test's file, as it can be typed
 */
export function againCommand(
  { again }: Pick<SuiteSettings, 'again'>,
  { scenario, run }: Pick<PlannedRun, 'scenario' | 'run'>,
  file: string,
): string {
  const command = `npx vitest run ${file} -t '${scenario.name} #${run}$'`
  return again === '' ? command : `${again} ${command}`
}
