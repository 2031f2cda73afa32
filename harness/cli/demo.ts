// `chaos demo`: runs the demonstration, which is our own workflows and worker, wherever the command is started.
import type { Command } from 'commander'
import { readConfig } from '../config/config.ts'
import { settingsOf, type SettingName } from '../config/settings.ts'
import type { CampaignCommand } from './campaign-command.ts'
import { addExample } from './example.ts'
import { checkRuns, onceUnlessSaid } from './run-flags.ts'
import { runScenarios } from './run-scenarios.ts'
import { addSettings } from './setting-options.ts'

/** @param campaign loads the scenarios of the demonstration */
export function registerDemo(program: Command, campaign: CampaignCommand): void {
  const command = program
    .command('demo')
    .description('run the demonstration: our own workflows and worker, each scenario once')
    .argument('[scenario...]', 'names of its scenarios; without any, those of the suite')
  const taken = settingsOf('run')
  addSettings(command, taken)
  addExample(command, 'demo kill-worker-mid-sleep')
  command.action(async (names: string[], flags: Partial<Record<SettingName, unknown>>) => {
    checkRuns(flags)
    const asked = readConfig({ ...onceUnlessSaid(flags, process.env), ...flags }, process.env, taken)
    await runScenarios(names, asked, campaign)
  })
}
