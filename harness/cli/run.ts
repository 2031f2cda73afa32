// `chaos run`: selects scenarios, runs a campaign, reports it, and says in one exit code what it proved.
import type { Command } from 'commander'
import { findProject } from '../config/project/project.ts'
import { readConfig, type Config } from '../config/config.ts'
import { isPackage } from '../core/assets.ts'
import { commandName } from '../core/command-name.ts'
import { UsageError } from '../core/errors.ts'
import type { CampaignCommand } from './campaign-command.ts'
import { addExample } from './example.ts'
import { projectConfig } from './project/project-under-test.ts'
import { describeProjectPlan, runProject } from './project/run-project.ts'
import { runScenarios } from './run-scenarios.ts'
import { addSettings } from './setting-options.ts'
import { settings, settingsOf, type SettingName } from '../config/settings.ts'

/** Adds `run`, the default command. */
export function registerRun(program: Command, campaign: CampaignCommand): void {
  const command = program
    .command('run', { isDefault: true })
    .description('run scenarios and prove that the work went on (the default command)')
    .argument('[scenario...]', 'names of scenarios; without any, those of the suite')
  const taken = settingsOf('run')
  addSettings(command, taken)
  addExample(command, isPackage ? 'run --quick' : 'run kill-worker-mid-sleep --runs 3')
  command.action(async (names: string[], flags: Partial<Record<SettingName, unknown>>) => {
    checkRuns(flags)
    const asked = readConfig(flags, process.env, taken)
    const project = await findProject(process.cwd())
    if (project !== undefined) {
      const config = projectSettings(asked, flags)
      if (config.dryRun) process.stdout.write(`${await describeProjectPlan(project, names, config)}\n`)
      else campaign.done(await runProject({ project, names, config, uncaught: campaign.uncaught }))
      return
    }
    if (isPackage) throw nothingDeclared(process.cwd())
    await runScenarios(names, asked, campaign)
  })
}

/** @throws UsageError if one run and a number of runs are asked for */
export function checkRuns(flags: Partial<Record<SettingName, unknown>>): void {
  if (flags.run === undefined || flags.runs === undefined) return
  throw new UsageError('--run repeats one run, and --runs says how many there are', 'Leave one of them out.')
}

function nothingDeclared(folder: string): UsageError {
  return new UsageError(
    `there is no chaos.config in ${folder} or above it`,
    `\`${commandName} init\` writes one for your worker; \`${commandName} demo\` runs our own demonstration.`,
    'CHAOS_CONFIG_MISSING',
  )
}

/** Without a number each scenario of a project runs once: there are many of them. */
function projectSettings(asked: Config, flags: Partial<Record<SettingName, unknown>>): Config {
  const isGiven = (name: SettingName) =>
    flags[name] !== undefined || (process.env[settings[name].env] ?? '') !== ''
  const isCounted = isGiven('runs') || isGiven('suite')
  const config = projectConfig(asked, { profile: isGiven('profile') })
  return { ...config, runs: isCounted ? config.runs : 1 }
}
