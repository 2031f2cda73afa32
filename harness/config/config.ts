// The settings: one schema gives the flags, the environment variables, their errors and the README's table.
import { z } from 'zod'
import { UsageError } from '../core/errors.ts'
import { didYouMean } from '../core/nearest.ts'
import { profileNames } from './profiles.ts'
import { duration, oneOf, wholeNumber, yesNo } from './setting-values.ts'
import { checkTogether, lengthOf } from './suite-settings.ts'
import { containerSettings } from './container-settings.ts'
import { backendNames } from './backends.ts'
import { suiteNames } from './suites.ts'

export interface Setting {
  readonly schema: z.ZodType
  /** As commander writes it: `--runs <n>`. */
  readonly flag: string
  readonly env: `CHAOS_${string}`
  /** As the README shows it. */
  readonly default: string
  readonly description: string
}

const largestSeed = 2 ** 32 - 1

export const settings = {
  suite: {
    schema: oneOf(suiteNames).default('gate'),
    flag: '--suite <name>',
    env: 'CHAOS_SUITE',
    default: 'gate',
    description: `Which scenarios, where none is named, and how often: ${suiteNames.join(', ')}.`,
  },
  for: {
    schema: duration('1s', '7d').optional(),
    flag: '--for <duration>',
    env: 'CHAOS_FOR',
    default: '10m, for a soak',
    description: 'How long a soak begins runs, once the cluster is up: `90s`, `30m`, `2h`.',
  },
  keepGoing: {
    schema: yesNo.default(false),
    flag: '--keep-going',
    env: 'CHAOS_KEEP_GOING',
    default: 'off',
    description: 'A soak goes on after a broken promise.',
  },
  runs: {
    schema: wholeNumber(1, 10_000).optional(),
    flag: '--runs <n>',
    env: 'CHAOS_RUNS',
    default: '10; 1 for smoke',
    description: 'Runs of each scenario; the campaign passes only if every one of them does.',
  },
  run: {
    schema: wholeNumber(1, 1_000_000).optional(),
    flag: '--run <n>',
    env: 'CHAOS_RUN',
    default: 'all',
    description: 'Only this run: with `--seed`, it repeats one run of an earlier campaign.',
  },
  seed: {
    schema: wholeNumber(0, largestSeed).optional(),
    flag: '--seed <n>',
    env: 'CHAOS_SEED',
    default: 'drawn, and printed',
    description: 'Seed of the campaign; every choice of every run follows from it.',
  },
  backend: {
    schema: oneOf(['auto', ...backendNames]).default('auto'),
    flag: '--backend <name>',
    env: 'CHAOS_BACKEND',
    default: 'auto',
    description:
      'What makes the cluster: `process` (local processes), `docker` (containers), or `auto`: containers where an engine answers and has the images (with `--pull`: can have them), else processes.',
  },
  ...containerSettings,
  profile: {
    schema: oneOf(profileNames).default('tuned'),
    flag: '--profile <name>',
    env: 'CHAOS_PROFILE',
    default: 'tuned',
    description: `Recovery-relevant settings of worker, workflow and activities: ${profileNames.join(', ')}.`,
  },
  budget: {
    schema: wholeNumber(1, 60_000).optional(),
    flag: '--budget <ms>',
    env: 'CHAOS_BUDGET',
    default: "5000, or the scenario's own",
    description: 'The longest recovery that passes, in milliseconds; at most the 60 s that a run may last.',
  },
  concurrency: {
    schema: wholeNumber(1, 64).default(4),
    flag: '--concurrency <n>',
    env: 'CHAOS_CONCURRENCY',
    default: '4',
    description:
      'Runs side by side: on one cluster where they leave it alone, else on clusters of their own. For every two cores one of them at a time is struck and comes back, and no other is started beside it: no figure is the neighbours’.',
  },
  bail: {
    schema: yesNo.default(false),
    flag: '--bail',
    env: 'CHAOS_BAIL',
    default: 'off',
    description: 'Stop at the first run that does not pass.',
  },
  out: {
    schema: z.string().min(1, 'a folder').default('reports'),
    flag: '--out <folder>',
    env: 'CHAOS_OUT',
    default: 'reports',
    description: 'Folder that reports are written to; `latest` in it points at the newest campaign.',
  },
  dryRun: {
    schema: yesNo.default(false),
    flag: '--dry-run',
    env: 'CHAOS_DRY_RUN',
    default: 'off',
    description: 'Print what would run, with seeds, and start nothing.',
  },
  temporalServer: {
    schema: z.string().min(1, 'a path').optional(),
    flag: '--temporal-server <path>',
    env: 'CHAOS_TEMPORAL_SERVER',
    default: 'cache, download or build',
    description: 'A temporal-server binary to use instead of a provisioned one.',
  },
  temporalSqlTool: {
    schema: z.string().min(1, 'a path').optional(),
    flag: '--temporal-sql-tool <path>',
    env: 'CHAOS_TEMPORAL_SQL_TOOL',
    default: 'cache, download or build',
    description: 'A temporal-sql-tool binary to use instead of a provisioned one.',
  },
  temporalMirror: {
    schema: z.url({ protocol: /^https?$/, error: 'an http or https address' }).default('https://github.com'),
    flag: '--temporal-mirror <url>',
    env: 'CHAOS_TEMPORAL_MIRROR',
    default: 'https://github.com',
    description: 'Where releases of temporalio/temporal are downloaded from.',
  },
} as const satisfies Record<string, Setting>

type Settings = typeof settings
export type Config = { readonly [Name in keyof Settings]: z.output<Settings[Name]['schema']> }
export type SettingName = keyof Settings

export const settingNames = Object.keys(settings) as SettingName[]

/**
 * Flag before environment before default.
 * @param flags values by setting name, as the command line gave them; undefined where it did not
 * @param taken the settings that the command has; the others have their default, whatever the environment says
 * @throws UsageError with the flag or variable, what it takes and what it got, or which two do not go together
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
    const source = flag === undefined ? setting.env : setting.flag.split(' ')[0]
    const [issue] = parsed.error.issues
    throw new UsageError(
      `${source} takes ${issue?.message ?? 'another value'}, got ${JSON.stringify(given)}`,
      issue?.code === 'invalid_value' && typeof given === 'string'
        ? didYouMean(given, issue.values.map(String))
        : undefined,
    )
  })
  const config = Object.fromEntries(values) as Config
  checkTogether(config)
  return { ...config, ...lengthOf(config) }
}
