// Settings as options of a command, each with its default and its environment variable.
import { Option, type Command } from 'commander'
import { settings, type SettingName } from '../config/settings.ts'
import { shownDefault, type Setting } from '../config/setting.ts'

export function addSettings(command: Command, names: readonly SettingName[]): void {
  for (const name of names) {
    const setting: Setting = settings[name]
    const details = `(default: ${shownDefault(setting)}; ${setting.env})`
    command.addOption(new Option(setting.flag, `${setting.description} ${details}`))
  }
}
