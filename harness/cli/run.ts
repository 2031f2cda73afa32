// `chaos run`: selects scenarios, runs a campaign, reports it, and says in one exit code what it proved.
import type { Command } from 'commander'
import type { Consent } from '../cluster/backends/external/consent.ts'
import { findProject } from '../config/project/project.ts'
import { readConfig } from '../config/config.ts'
import { isPackage } from '../core/assets.ts'
import type { CampaignCommand } from './campaign-command.ts'
import { addExample } from './example.ts'
import { nothingDeclared } from './nothing-declared.ts'
import { addConsent } from './project/consent-flags.ts'
import { readProjectConfig } from './project/project-config.ts'
import { describeProjectPlan, runProject } from './project/run-project.ts'
import { checkRuns, onceUnlessSaid } from './run-flags.ts'
import { runScenarios } from './run-scenarios.ts'
import { addSettings } from './setting-options.ts'
import { settingsOf, type SettingName } from '../config/settings.ts'

type Flags = Partial<Record<SettingName, unknown>> & Consent

/** Adds `run`, the default command. */
export function registerRun(program: Command, campaign: CampaignCommand): void {
  const command = program
    .command('run', { isDefault: true })
    .description('run scenarios and prove that the work went on (the default command)')
    .argument('[scenario...]', 'names of scenarios; without any, those of the suite')
  const taken = settingsOf('run')
  addSettings(command, taken)
  addConsent(command)
  addExample(command, isPackage ? 'run --quick' : 'run kill-worker-mid-sleep --runs 3')
  command.action(async (names: string[], flags: Flags) => {
    checkRuns(flags)
    const project = await findProject(process.cwd())
    // A project has many scenarios, so each runs once unless a number is said.
    const length = project === undefined ? {} : onceUnlessSaid(flags, process.env)
    const given = { ...length, ...flags }
    if (project !== undefined) {
      const { config, profile } = readProjectConfig(project, given, process.env, taken)
      if (config.dryRun)
        process.stdout.write(`${await describeProjectPlan(project, names, { config, profile })}\n`)
      else
        campaign.done(
          await runProject({ project, names, config, profile, consent: flags, uncaught: campaign.uncaught }),
        )
      return
    }
    if (isPackage) throw nothingDeclared(process.cwd())
    await runScenarios(names, readConfig(given, process.env, taken), campaign)
  })
}
