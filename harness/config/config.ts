// Reads the settings from flags and environment, and checks their values.
import { UsageError } from '../core/errors.ts'
import { didYouMean } from '../core/nearest.ts'
import { flagName, shownValue, type Setting } from './setting.ts'
import { settingNames, settings, type SettingName, type SettingValues } from './settings.ts'
import { checkTogether, lengthOf } from './suite-settings.ts'

export type Config = SettingValues

/**
 * Reads every setting: a flag overrides the environment, and the environment overrides the default.
 * @param flags values by setting name from the command line; undefined for a flag that was not given
 * @param taken the settings that the command takes; all others keep their defaults
 * @throws UsageError if a value is wrong, with its source and what is valid, or if two settings exclude each
 *   other
 */
export function readConfig(
  flags: Partial<Record<SettingName, unknown>>,
  env: NodeJS.ProcessEnv,
  taken: readonly SettingName[] = settingNames,
): Config {
  const values = settingNames.map((name) => {
    const setting: Setting = settings[name]
    const flag = flags[name]
    const fromEnv = env[setting.env]
    const given = taken.includes(name) ? (flag ?? (fromEnv === '' ? undefined : fromEnv)) : undefined
    const parsed = setting.schema.safeParse(given)
    if (parsed.success) return [name, parsed.data]
    const source = flag === undefined ? setting.env : flagName(setting)
    const [issue] = parsed.error.issues
    throw new UsageError(
      `${source} takes ${issue?.message ?? 'another value'}, got ${JSON.stringify(shownValue(setting, given))}`,
      issue?.code === 'invalid_value' && typeof given === 'string'
        ? didYouMean(given, issue.values.map(String))
        : undefined,
    )
  })
  const config = Object.fromEntries(values) as Config
  checkTogether(config)
  return { ...config, ...lengthOf(config) }
}

/** The settings as reports show them: each that is in the table, in its own way. */
export function shownSettings(config: Config): Record<SettingName, unknown> {
  const shown = settingNames.map((name) => {
    const setting: Setting = settings[name]
    return [name, shownValue(setting, config[name])]
  })
  return Object.fromEntries(shown) as Record<SettingName, unknown>
}
