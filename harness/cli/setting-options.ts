// Settings as options of a command, each with its default and its environment variable.
import { Option, type Command } from 'commander'
import { settings, type Setting, type SettingName } from '../config/config.ts'

export function addSettings(command: Command, names: readonly SettingName[]): void {
  for (const name of names) {
    const setting: Setting = settings[name]
    const isDefaultShown = `(default: ${setting.default}; ${setting.env})`
    command.addOption(new Option(setting.flag, `${setting.description} ${isDefaultShown}`))
  }
}
