// The shape of a setting. One entry yields a flag, an environment variable, their errors, and a row of
// docs/settings.md.
import type { z } from 'zod'

/**
 * Commands that take settings. `vitest` stands for `chaosTests` in a test file, which reads only the
 * variables.
 */
export const settingCommands = [
  'run',
  'compare',
  'controls',
  'plan',
  'replay',
  'check',
  'doctor',
  'vitest',
] as const
export type SettingCommand = (typeof settingCommands)[number]

/** The groups of settings. The texts are headings of docs/settings.md. */
export const settingScopes = {
  campaign: 'What runs',
  run: 'How a run goes and is judged',
  containers: 'Clusters of containers',
  provision: 'Temporal’s programs',
  reports: 'Reports',
} as const
export type SettingScope = keyof typeof settingScopes

export interface Setting {
  /** Parses the value, and supplies the default if there is a fixed one. */
  readonly schema: z.ZodType
  /** In commander's notation: `--runs <n>`. */
  readonly flag: string
  readonly env: `CHAOS_${string}`
  /** The default in words, for a setting whose default is computed. */
  readonly computedDefault?: string
  /** How reports and errors show a given value. @default as it is */
  readonly shown?: (value: string) => string
  /** One sentence, as `--help` and docs/settings.md show it. */
  readonly description: string
  readonly scope: SettingScope
  readonly commands: readonly SettingCommand[]
  /**
   * Whether the setting decides how a run goes or is judged. A command that repeats the run must then carry
   * it.
   */
  readonly repeatsRun: boolean
}

/** The flag without its value: `--runs`. */
export function flagName({ flag }: Pick<Setting, 'flag'>): string {
  return flag.split(' ')[0] ?? flag
}

/** The value if nobody gives one; undefined if the default is computed. */
export function defaultValue({ schema }: Pick<Setting, 'schema'>): unknown {
  return schema.parse(undefined)
}

/** A value as reports and errors may show it. */
export function shownValue({ shown }: Pick<Setting, 'shown'>, value: unknown): unknown {
  return shown !== undefined && typeof value === 'string' ? shown(value) : value
}

/** The default as people read it: `gate`, `off`, `4`. */
export function shownDefault(setting: Pick<Setting, 'schema' | 'computedDefault'>): string {
  const value = defaultValue(setting)
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (typeof value === 'string' || typeof value === 'number') return `${value}`
  return setting.computedDefault ?? ''
}
