// `chaos run`: selects scenarios, runs a campaign, reports it, and says in one exit code what it proved.
import type { Command } from 'commander'
import { planCampaign } from '../campaign/plan.ts'
import { readConfig } from '../config/config.ts'
import { UsageError } from '../core/errors.ts'
import { drawSeed } from '../core/seed.ts'
import { selectScenarios } from '../scenario/load.ts'
import { runAndReport, type CampaignCommand } from './campaign-command.ts'
import { addExample } from './example.ts'
import { withBackend } from './with-backend.ts'
import { describeCampaign, describePlan } from './plan-text.ts'
import { addSettings } from './setting-options.ts'
import { settingsOf, type SettingName } from '../config/settings.ts'

/** Adds `run`, the default command. */
export function registerRun(program: Command, { load, done, uncaught }: CampaignCommand): void {
  const command = program
    .command('run', { isDefault: true })
    .description('run scenarios and prove that the work went on (the default command)')
    .argument('[scenario...]', 'names of scenarios; without any, those of the suite')
  const taken = settingsOf('run')
  addSettings(command, taken)
  addExample(command, 'run kill-worker-mid-sleep --runs 3')
  command.action(async (names: string[], flags: Partial<Record<SettingName, unknown>>) => {
    if (flags.run !== undefined && flags.runs !== undefined) {
      throw new UsageError(
        '--run repeats one run, and --runs says how many there are',
        'Leave one of them out.',
      )
    }
    const { config, backend, line } = await withBackend(readConfig(flags, process.env, taken), process.env)
    const all = (await load()).map(({ scenario }) => scenario)
    const scenarios = selectScenarios(all, names, config.suite, backend)
    const suite = names.length === 0 ? config.suite : null
    const plan = planCampaign(scenarios, config, config.seed ?? drawSeed(), backend)
    if (config.dryRun) {
      process.stdout.write(`${line}\n${describePlan(plan, suite)}\n`)
      done(0)
      return
    }
    done(await runAndReport(plan, config, `${line}\n${describeCampaign(plan, suite, config)}`, uncaught))
  })
}
