// What flags and environment say of how many runs there are.
import { UsageError } from '../core/errors.ts'
import { settings, type SettingName } from '../config/settings.ts'

/** Whether a setting has a value by a flag or by the environment. */
export function isSaid(
  name: SettingName,
  flags: Partial<Record<SettingName, unknown>>,
  env: NodeJS.ProcessEnv,
): boolean {
  return flags[name] !== undefined || (env[settings[name].env] ?? '') !== ''
}

/** @throws UsageError if one run and a number of runs are asked for */
export function checkRuns(flags: Partial<Record<SettingName, unknown>>): void {
  if (flags.run === undefined || flags.runs === undefined) return
  throw new UsageError('--run repeats one run, and --runs says how many there are', 'Leave one of them out.')
}

const lengths = ['run', 'runs', 'suite', 'for'] as const satisfies SettingName[]

/** A look is no gate: without a number each scenario runs once. */
export function onceUnlessSaid(
  flags: Partial<Record<SettingName, unknown>>,
  env: NodeJS.ProcessEnv,
): { readonly runs?: string } {
  return lengths.some((name) => isSaid(name, flags, env)) ? {} : { runs: '1' }
}
