// `chaos plan`: shows what one run of a scenario would do, for people, programs and `chaos replay`. It starts nothing.
import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { planCampaign } from '../campaign/plan.ts'
import { settingsOf, type SettingName } from '../config/settings.ts'
import { commandName } from '../core/command-name.ts'
import { messageOf, UsageError } from '../core/errors.ts'
import { dryRun } from '../scenario/dry-run.ts'
import { loadedNamed, selectScenarios } from '../scenario/load.ts'
import { planOf } from '../scenario/plan-facts.ts'
import { formatPlan } from '../scenario/plan-file.ts'
import { drawSeed } from '../core/seed.ts'
import type { CampaignCommand } from './campaign-command.ts'
import { addExample } from './example.ts'
import { describeRunPlan } from './run-plan-text.ts'
import { askedFor, scenariosUnder } from './project/asked-for.ts'
import { addSettings } from './setting-options.ts'
import { withBackend } from './with-backend.ts'

type Flags = Partial<Record<SettingName, unknown>> & {
  readonly json?: true
  /** An option of this command, not the setting with the same name. */
  readonly out?: string
}

export function registerPlan(program: Command, { load }: Pick<CampaignCommand, 'load'>): void {
  const command = program
    .command('plan')
    .description(
      'show what one run of a scenario would do (the first one, unless --run says), and start nothing',
    )
    .argument('<scenario>', 'name of a scenario')
    .option('--json', 'print the plan as JSON')
    .option('--out <file>', 'write the plan to a file, for `chaos replay`')
  const taken = settingsOf('plan')
  addSettings(command, taken)
  addExample(command, 'plan kill-worker-mid-sleep --seed 42 --out plan.json')
  command.action(async (name: string, { json, out, ...flags }: Flags) => {
    const loaded = await load()
    const { project } = loadedNamed(loaded, name)
    const asked = askedFor(project, flags, taken)
    const { config, backend } = await withBackend(asked.config, process.env)
    const all = await scenariosUnder(project, loaded, asked.profile)
    const selected = selectScenarios(all, [name], config.suite, backend)
    const campaignSeed = config.seed ?? drawSeed()
    const campaign = planCampaign(selected, { ...config, run: config.run ?? 1 }, campaignSeed, backend)
    for (const planned of campaign.runs) {
      const { scenario, run, seed } = planned
      const { profile } = asked
      const dry = await dryRun(scenario, { campaignSeed, run, seed, profile })
      const plan = planOf(
        { ...planned, campaignSeed, profile: profile.name, backend },
        dry.facts,
        dry.incomplete,
      )
      if (out !== undefined) await writePlanFile(out, formatPlan(plan))
      process.stdout.write(json ? formatPlan(plan) : describeRunPlan(plan, dry.steps))
      if (out !== undefined && !json)
        process.stdout.write(`\nwritten to ${out}; run it with: ${commandName} replay ${out}\n`)
    }
  })
}

async function writePlanFile(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text)
  } catch (thrown) {
    throw new UsageError(
      `the plan cannot be written to ${file}: ${messageOf(thrown)}`,
      'Choose another file.',
    )
  }
}
