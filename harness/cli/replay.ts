// `chaos replay`: runs exactly the run that a plan describes, or that plan with some choices edited.
import type { Command } from 'commander'
import { planReplay } from '../campaign/plan.ts'
import type { Consent } from '../cluster/backends/external/consent.ts'
import { readConfig, type Config } from '../config/config.ts'
import { findProject } from '../config/project/project.ts'
import { profiles } from '../config/profiles.ts'
import { settings, settingsOf, type SettingName } from '../config/settings.ts'
import { isProjectScenario } from '../scenario/generic/project-name.ts'
import { dryRun } from '../scenario/dry-run.ts'
import type { Plan } from '../scenario/plan-file.ts'
import { readPlan, scenarioOf } from '../scenario/read-plan.ts'
import { runAndReport, type CampaignCommand } from './campaign-command.ts'
import { addExample } from './example.ts'
import { addConsent } from './project/consent-flags.ts'
import { ProjectUnderTest, projectConfig } from './project/project-under-test.ts'
import { describeReplay } from './replay-text.ts'
import { addSettings } from './setting-options.ts'
import { withBackend } from './with-backend.ts'

type Flags = Partial<Record<SettingName, unknown>> & Consent

export function registerReplay(program: Command, { load, done, uncaught }: CampaignCommand): void {
  const command = program
    .command('replay')
    .description(
      'run a plan again: same scenario, seed, choices, budget, profile and backend, unless options say otherwise',
    )
    .argument('<plan>', 'a plan.json, or the folder of a run that has one')
  addSettings(command, settingsOf('replay'))
  addConsent(command)
  addExample(command, 'replay reports/latest/runs/kill-worker-mid-sleep/1')
  command.action(async (place: string, flags: Flags) => {
    const plan = await readPlan(place)
    const project = isProjectScenario(plan.scenario) ? await findProject(process.cwd()) : undefined
    const all = (await load()).map(({ scenario }) => scenario)
    const scenario = scenarioOf(plan, all)
    const asked = configFor(plan, flags, process.env)
    const { config, backend, line } = await withBackend(
      project === undefined ? asked : projectConfig(project, asked, { profile: true }),
      process.env,
    )
    await using tested =
      project === undefined ? undefined : await ProjectUnderTest.open(project, backend, flags)
    const campaign = planReplay(scenario, plan, config.budget ?? plan.budgetMs, backend)
    for (const { run, seed, choices: given } of campaign.runs) {
      const profile = profiles[config.profile]
      // Refuses wrong choices before anything starts.
      const { facts } = await dryRun(scenario, { campaignSeed: campaign.seed, run, seed, given, profile })
      const title = describeReplay(plan, place, { ...config, backend }, facts.choices)
      done(await runAndReport(campaign, config, `${line}\n${title}`, uncaught, tested))
    }
  })
}

/** A flag overrides the environment, and the environment overrides the plan. @throws as `readConfig` does */
function configFor(plan: Plan, flags: Flags, env: NodeJS.ProcessEnv): Config {
  const planned = { profile: plan.profile, backend: plan.backend, budget: String(plan.budgetMs) } as const
  const isGiven = (name: SettingName) => (env[settings[name].env] ?? '') !== ''
  const missing = Object.entries(planned).filter(([name]) => !isGiven(name as keyof typeof planned))
  const config = readConfig({ ...Object.fromEntries(missing), ...flags }, env, settingsOf('replay'))
  return { ...config, seed: plan.campaignSeed, run: plan.run }
}
