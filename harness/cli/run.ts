// `chaos run`: selects scenarios, runs a campaign, reports it, and says in one exit code what it proved.
import path from 'node:path'
import type { Command } from 'commander'
import { campaignId } from '../campaign/campaign.ts'
import { planCampaign, type CampaignPlan } from '../campaign/plan.ts'
import { readConfig, type Config } from '../config/config.ts'
import { drawSeed } from '../scenario/seed.ts'
import { selectScenarios, type LoadedScenario } from '../scenario/load.ts'
import { campaignEnd } from '../report/console/campaign-end.ts'
import { describeStop, describeUnreported } from '../report/console/error-text.ts'
import { checkWritable } from '../report/files.ts'
import { paintFor } from '../report/console/paint.ts'
import { createReportFolder } from '../report/report-folder.ts'
import { withBackend } from './with-backend.ts'
import { exitCodeOf } from './exit-code.ts'
import { runWithProgress, watched } from './run-with-progress.ts'
import { describeCampaign, describePlan } from './plan-text.ts'
import { addSettings } from './setting-options.ts'
import type { Uncaught } from './uncaught.ts'
import { settingsOf, type SettingName } from '../config/settings.ts'

export interface RunCommand {
  readonly load: () => Promise<LoadedScenario[]>
  /** Told the exit code. */
  readonly done: (exitCode: number) => void
  readonly uncaught: Uncaught
}

/** Adds `run`, the command that is meant where none is named. */
export function registerRun(program: Command, { load, done, uncaught }: RunCommand): void {
  const command = program
    .command('run', { isDefault: true })
    .description('run scenarios and prove that the work went on (the default command)')
    .argument('[scenario...]', 'names of scenarios; those of the suite where none is named')
  const taken = settingsOf('run')
  addSettings(command, taken)
  command.action(async (names: string[], flags: Partial<Record<SettingName, unknown>>) => {
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
    done(await campaign(plan, config, `${line}\n${describeCampaign(plan, suite, config)}`, uncaught))
  })
}

async function campaign(
  plan: CampaignPlan,
  config: Config,
  title: string,
  uncaught: Uncaught,
): Promise<number> {
  const paint = paintFor(process.stdout)
  const out = path.resolve(config.out)
  await checkWritable(out)
  const place = await createReportFolder(out, campaignId(new Date()))
  const { outcome, unreported } = await watched(paint, uncaught, (watch) =>
    runWithProgress({ plan, config, watch, place, title, newest: place.folder }),
  )
  const { result, stopped } = outcome
  const notes = [
    `${unreported === undefined ? 'reports' : 'records'}: ${place.shown}  seed: ${plan.seed}`,
    describeStop(stopped?.error),
    describeUnreported(unreported),
  ]
  process.stdout.write(`\n${campaignEnd(result, { folder: place.shown, notes, paint })}\n`)
  return exitCodeOf(outcome, unreported)
}
