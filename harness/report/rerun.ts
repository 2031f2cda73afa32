// The command that repeats a run, as every report prints it.
import type { CampaignResult } from '../result/campaign-result.ts'
import { defaultValue, flagName } from '../config/setting.ts'
import { settings, settingsThatRepeatRuns, type SettingName } from '../config/settings.ts'

/** The command carries them in any case, with the values of this run. */
const alwaysSaid = new Set<SettingName>(['run', 'seed', 'profile'])

function quoted(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`
}

function flag(name: SettingName, value: string | number): string {
  return `${flagName(settings[name])} ${quoted(String(value))}`
}

/** The settings that decide how a run goes or is judged, unless they have their default. */
function otherFlags(campaign: CampaignResult['campaign']): string[] {
  const names = settingsThatRepeatRuns().filter((name) => !alwaysSaid.has(name))
  return names.flatMap((name) => {
    const value = campaign.settings[name]
    const isSet = typeof value === 'string' || typeof value === 'number'
    return isSet && value !== defaultValue(settings[name]) ? [flag(name, value)] : []
  })
}

/** A shell command that repeats the run with the same seed, choices and settings. */
export function rerunCommand(campaign: CampaignResult['campaign'], scenario: string, run: number): string {
  return [
    `pnpm chaos run ${quoted(scenario)}`,
    flag('run', run),
    flag('seed', campaign.seed),
    flag('profile', campaign.profile),
    ...otherFlags(campaign),
  ].join(' ')
}
