// The one command that runs a run again, as every report prints it.
import { settings, type SettingName } from '../config/config.ts'
import type { CampaignResult } from '../result/campaign-result.ts'

/** Settings that decide how a run goes or is judged; the others only say which runs, how many and where to. */
const decisive = [
  'backend',
  'worker',
  'budget',
  'temporalServer',
  'temporalSqlTool',
  'serverImage',
  'adminToolsImage',
  'postgresImage',
  'workerImage',
] as const satisfies SettingName[]

function quoted(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`
}

function flagOf(name: SettingName): string {
  return settings[name].flag.split(' ')[0] ?? ''
}

function decisiveFlags(campaign: CampaignResult['campaign']): string[] {
  return decisive.flatMap((name) => {
    const value = campaign.settings[name]
    const isSet = typeof value === 'string' || typeof value === 'number'
    if (!isSet || value === settings[name].schema.parse(undefined)) return []
    return [flagOf(name), quoted(String(value))]
  })
}

/** Pasted into a shell, it repeats the run: same seed, same choices, same settings. */
export function rerunCommand(campaign: CampaignResult['campaign'], scenario: string, run: number): string {
  return [
    `pnpm chaos run ${quoted(scenario)}`,
    `${flagOf('run')} ${run} ${flagOf('seed')} ${campaign.seed} ${flagOf('profile')} ${quoted(campaign.profile)}`,
    ...decisiveFlags(campaign),
  ].join(' ')
}
