// `chaos compare`: the same runs under one profile after the other, and what each of them costs.
import { Option, type Command } from 'commander'
import { planCampaign } from '../campaign/plan.ts'
import type { Consent } from '../cluster/backends/external/consent.ts'
import { readConfig } from '../config/config.ts'
import { UsageError } from '../core/errors.ts'
import { didYouMean } from '../core/nearest.ts'
import { findProject } from '../config/project/project.ts'
import { settingProfiles as profileNames, type ProfileName } from '../config/profiles.ts'
import { selectScenarios } from '../scenario/load.ts'
import { drawSeed } from '../core/seed.ts'
import { withBackend } from './with-backend.ts'
import { compare } from './compare-legs.ts'
import { describePlan } from './plan-text.ts'
import type { CampaignCommand } from './campaign-command.ts'
import { addExample } from './example.ts'
import { compareProject } from './project/compare-project.ts'
import { addConsent } from './project/consent-flags.ts'
import { readProjectConfig } from './project/project-config.ts'
import { onceUnlessSaid } from './run-flags.ts'
import { addSettings } from './setting-options.ts'
import { settingsOf, type SettingName } from '../config/settings.ts'

/**
 * `tuned,supervised`: each once, in this order.
 * @throws UsageError `CHAOS_UNKNOWN_PROFILE` with the nearest name
 */
export function parseProfiles(text: string): ProfileName[] {
  const names = text.split(',').map((name) => name.trim())
  return [...new Set(names)].map((name) => {
    const known = profileNames.find((one) => one === name)
    if (known !== undefined) return known
    throw new UsageError(
      `there is no profile ${JSON.stringify(name)}`,
      didYouMean(name, profileNames) ?? `There are ${profileNames.join(', ')}.`,
      'CHAOS_UNKNOWN_PROFILE',
    )
  })
}

export function registerCompare(program: Command, { load, done, uncaught }: CampaignCommand): void {
  const command = program
    .command('compare')
    .description('run scenarios under several profiles, with the same choices, and show what each costs')
    .argument('<scenario...>', 'names of scenarios')
    .addOption(new Option('--profiles <names>', 'profiles, with commas between them (default: all)'))
  const taken = settingsOf('compare')
  addSettings(command, taken)
  addConsent(command)
  addExample(command, 'compare kill-worker-mid-sleep --profiles sdk-defaults,tuned --runs 3')
  type Flags = Partial<Record<SettingName, unknown>> & Consent & { readonly profiles?: string }
  command.action(async (names: string[], { profiles, ...flags }: Flags) => {
    const project = await findProject(process.cwd())
    if (project !== undefined) {
      const given = { ...onceUnlessSaid(flags, process.env), ...flags }
      const { config } = readProjectConfig(project, given, process.env, taken)
      done(await compareProject({ project, names, profiles, config, consent: flags, uncaught }))
      return
    }
    const { config, backend, line } = await withBackend(readConfig(flags, process.env, taken), process.env)
    const compared = parseProfiles(profiles ?? profileNames.join(','))
    const all = (await load()).map(({ scenario }) => scenario)
    const scenarios = selectScenarios(all, names, config.suite, backend)
    const plan = planCampaign(scenarios, config, config.seed ?? drawSeed(), backend)
    if (config.dryRun) {
      process.stdout.write(`${line}\nunder each of ${compared.join(', ')}: ${describePlan(plan, null)}\n`)
      done(0)
      return
    }
    process.stdout.write(`${line}\n`)
    const legs = compared.map((profile) => ({ profile, plan, config: { ...config, profile } }))
    done(await compare({ legs, config }, uncaught))
  })
}
