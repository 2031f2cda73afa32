// The command that repeats a run, as every report prints it.
import { isPackage } from '../core/assets.ts'
import { commandName } from '../core/command-name.ts'
import type { CampaignResult } from '../result/campaign-result.ts'
import { defaultValue, flagName } from '../config/setting.ts'
import { settings, settingsThatRepeatRuns, type SettingName } from '../config/settings.ts'
import { isProjectScenario } from '../scenario/generic/project-name.ts'

/** The command always carries these settings, with the values of this run. */
const alwaysSaid = new Set<SettingName>(['run', 'seed', 'profile'])

function quoted(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`
}

function flag(name: SettingName, value: string | number): string {
  return `${flagName(settings[name])} ${quoted(String(value))}`
}

/** The settings that decide how a run goes or is judged, unless they have their default. */
function otherFlags(
  campaign: CampaignResult['campaign'],
  isSaid: (name: SettingName) => boolean = () => true,
): string[] {
  const names = settingsThatRepeatRuns().filter((name) => !alwaysSaid.has(name) && isSaid(name))
  return names.flatMap((name) => {
    const value = campaign.settings[name]
    if (value === true) return defaultValue(settings[name]) === true ? [] : [flagName(settings[name])]
    const isSet = typeof value === 'string' || typeof value === 'number'
    return isSet && value !== defaultValue(settings[name]) ? [flag(name, value)] : []
  })
}

/** No setting, so that no variable can stand in for it: it is typed for each command. */
function consentFlags({ consent = {} }: CampaignResult['campaign']): string[] {
  const { namespace, yesStrikeWorkersOf } = consent
  return [
    ...(namespace === undefined ? [] : ['--namespace', quoted(namespace)]),
    ...(yesStrikeWorkersOf === undefined ? [] : ['--yes-strike-workers-of', quoted(yesStrikeWorkersOf)]),
  ]
}

/** The run's plan says these already. */
const plannedSettings = new Set<SettingName>(['backend', 'budget'])

/**
 * A shell command that repeats the run by its plan: the same choices, whether drawn or edited.
 * @param record the run's folder, as the user can type it
 */
export function replayCommand(campaign: CampaignResult['campaign'], record: string): string {
  const flags = otherFlags(campaign, (name) => !plannedSettings.has(name))
  return [`${commandName} replay`, quoted(record), ...flags, ...consentFlags(campaign)].join(' ')
}

/** In the package, `run` is about the project. */
function commandOf({ settings: { project } }: CampaignResult['campaign'], scenario: string): string {
  return isPackage && project === undefined && !isProjectScenario(scenario) ? 'demo' : 'run'
}

/** A shell command that repeats the run from its seed, with the same settings. It needs no report folder. */
export function rerunCommand(campaign: CampaignResult['campaign'], scenario: string, run: number): string {
  return [
    `${commandName} ${commandOf(campaign, scenario)} ${quoted(scenario)}`,
    flag('run', run),
    flag('seed', campaign.seed),
    flag('profile', campaign.profile),
    ...otherFlags(campaign),
    ...consentFlags(campaign),
  ].join(' ')
}
