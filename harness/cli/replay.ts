// `chaos replay`: runs exactly the run that a plan describes, or that plan with some choices edited.
import type { Command } from 'commander'
import { planReplay } from '../campaign/plan.ts'
import { UsageError } from '../core/errors.ts'
import type { Consent } from '../cluster/backends/external/consent.ts'
import type { Project } from '../config/project/project.ts'
import { profileNames } from '../config/profiles.ts'
import { settings, settingsOf, type SettingName } from '../config/settings.ts'
import { dryRun } from '../scenario/dry-run.ts'
import type { Plan } from '../scenario/plan-file.ts'
import { loadedNamed } from '../scenario/load.ts'
import { readPlan, scenarioOf } from '../scenario/read-plan.ts'
import { runAndReport, type CampaignCommand } from './campaign-command.ts'
import { addExample } from './example.ts'
import { addConsent } from './project/consent-flags.ts'
import { askedFor, scenariosUnder, type Asked } from './project/asked-for.ts'
import { ProjectUnderTest } from './project/project-under-test.ts'
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
    const loaded = await load()
    const { project } = loadedNamed(loaded, plan.scenario)
    const asked = plannedConfig(project, plan, flags)
    const { profile } = asked
    const all = await scenariosUnder(project, loaded, profile)
    const scenario = scenarioOf(plan, all)
    const { config, backend, line } = await withBackend(asked.config, process.env)
    await using tested =
      project === undefined ? undefined : await ProjectUnderTest.open(project, backend, flags)
    const under = tested && { tested, overrides: tested.under(profile.name).overrides }
    const campaign = planReplay(scenario, plan, config.budget ?? plan.budgetMs, backend)
    for (const { run, seed, choices: given } of campaign.runs) {
      // Refuses wrong choices before anything starts.
      const { facts } = await dryRun(scenario, { campaignSeed: campaign.seed, run, seed, given, profile })
      const title = describeReplay(plan, place, { ...config, backend, profile: profile.name }, facts.choices)
      done(await runAndReport(campaign, config, `${line}\n${title}`, uncaught, under))
    }
  })
}

/** @throws UsageError `CHAOS_PLAN_INVALID` if a plan of the demonstration is of another's profile */
function assertKnownProfile(project: Project | undefined, { scenario, profile }: Plan): void {
  if (project !== undefined || profileNames.some((known) => known === profile)) return
  throw new UsageError(
    `the plan of ${scenario} is of the profile ${JSON.stringify(profile)}, which is not there`,
    `There are ${profileNames.join(', ')}.`,
    'CHAOS_PLAN_INVALID',
  )
}

/** A flag overrides the environment, and the environment overrides the plan. @throws as `askedFor` does */
function plannedConfig(project: Project | undefined, plan: Plan, flags: Flags): Asked {
  const planned = { profile: plan.profile, backend: plan.backend, budget: String(plan.budgetMs) } as const
  assertKnownProfile(project, plan)
  const isGiven = (name: SettingName) => (process.env[settings[name].env] ?? '') !== ''
  const missing = Object.entries(planned).filter(([name]) => !isGiven(name as keyof typeof planned))
  const asked = askedFor(project, { ...Object.fromEntries(missing), ...flags }, settingsOf('replay'))
  return { ...asked, config: { ...asked.config, seed: plan.campaignSeed, run: plan.run } }
}
