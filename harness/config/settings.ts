// The one table of settings: it alone says which command takes a setting and whether a rerun repeats it.
import type { z } from 'zod'
import { campaignSettings } from './campaign-settings.ts'
import { containerSettings } from './container-settings.ts'
import { provisionSettings } from './provision-settings.ts'
import type { Setting, SettingCommand, SettingScope } from './setting.ts'

export const settings = {
  ...campaignSettings,
  ...containerSettings,
  ...provisionSettings,
} as const satisfies Record<string, Setting>

type Settings = typeof settings
export type SettingName = keyof Settings
export type SettingValues = { readonly [Name in SettingName]: z.output<Settings[Name]['schema']> }

type NamesIn<Scope extends SettingScope> = {
  [Name in SettingName]: Settings[Name]['scope'] extends Scope ? Name : never
}[SettingName]

type NamesOf<Command extends SettingCommand> = {
  [Name in SettingName]: Command extends Settings[Name]['commands'][number] ? Name : never
}[SettingName]

export type ContainerSettingName = NamesIn<'containers'>

export const settingNames = Object.keys(settings) as SettingName[]

/** The settings that a command takes, in the order of the table. */
export function settingsOf<const Command extends SettingCommand>(command: Command): NamesOf<Command>[] {
  const isTaken = (name: SettingName): name is NamesOf<Command> =>
    (settings[name] as Setting).commands.includes(command)
  return settingNames.filter(isTaken)
}

export function settingsIn<const Scope extends SettingScope>(scope: Scope): NamesIn<Scope>[] {
  const isInScope = (name: SettingName): name is NamesIn<Scope> => settings[name].scope === scope
  return settingNames.filter(isInScope)
}

/** The settings that a command which repeats a run carries, if they are not the default. */
export function settingsThatRepeatRuns(): SettingName[] {
  return settingNames.filter((name) => settings[name].repeatsRun)
}
