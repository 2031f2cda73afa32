// `chaos controls`: runs twins that are broken on purpose, and proves that each gets its verdict for its reason.
import path from 'node:path'
import type { Command } from 'commander'
import { campaignId } from '../campaign/campaign.ts'
import { readConfig } from '../config/config.ts'
import { settingsOf, type SettingName } from '../config/settings.ts'
import { assets } from '../core/assets.ts'
import { exitCodes } from '../core/exit-codes.ts'
import { wasExcused } from '../controls/caught.ts'
import type { Control } from '../controls/control.ts'
import { loadControls, selectControls } from '../controls/load.ts'
import { nullControl } from '../controls/null-control.ts'
import { planControls, runControls, type ControlsOutcome } from '../controls/run-controls.ts'
import { describeStop } from '../report/console/error-text.ts'
import { paintFor } from '../report/console/paint.ts'
import { paragraphs } from '../report/console/paragraphs.ts'
import { controlLine, controlsTable, listControls } from '../report/controls/controls-text.ts'
import { writeControls } from '../report/controls/controls-files.ts'
import { checkWritable } from '../report/files.ts'
import { createReportFolder } from '../report/report-folder.ts'
import { drawSeed } from '../core/seed.ts'
import type { CampaignCommand } from './campaign-command.ts'
import { addExample } from './example.ts'
import { watched } from './run-with-progress.ts'
import { addSettings } from './setting-options.ts'
import { withBackend } from './with-backend.ts'

export function registerControls(program: Command, { load, done, uncaught }: CampaignCommand): void {
  const command = program
    .command('controls')
    .description('run twins that are broken on purpose: each must get its verdict, for the right reason')
    .argument('[control...]', 'names of controls; without any, all of them')
  const taken = settingsOf('controls')
  addSettings(command, taken)
  addExample(command, 'controls --dry-run')
  command.action(async (names: string[], flags: Partial<Record<SettingName, unknown>>) => {
    const { config, backend, line } = await withBackend(readConfig(flags, process.env, taken), process.env)
    const scenarios = (await load()).map(({ scenario }) => scenario)
    const all = [...(await loadControls(assets.controls)), ...scenarios.map(nullControl)]
    const controls = selectControls(all, names)
    const seed = config.seed ?? drawSeed()
    const plan = planControls(controls, config, seed, backend)
    if (config.dryRun) {
      process.stdout.write(`${listControls(controls)}\n${controls.length} controls\n`)
      done(exitCodes.passed.code)
      return
    }
    const paint = paintFor(process.stdout)
    const out = path.resolve(config.out)
    await checkWritable(out)
    const campaign = campaignId(new Date())
    const { id, folder, shown } = await createReportFolder(out, campaign, `${campaign}-controls`)
    const outcome = await watched({ paint, uncaught, config }, async ({ progress, signal }) => {
      progress.line(`${line}\n${controls.length} controls, each once`)
      return await runControls({
        controls,
        plan,
        config,
        id,
        folder,
        env: process.env,
        signal,
        onProgress: (what) => progress.preparing(what),
        onResult: (result) => progress.line(controlLine(result, paint)),
        onAgain: (count) => progress.line(`again, because the machine was starved: ${count} controls`),
      })
    })
    await writeControls(folder, outcome.result.campaign.startedAt, outcome.results)
    const right = outcome.results.filter(({ missed }) => missed === null).length
    const text = paragraphs([
      controlsTable(outcome.results),
      ...outcome.results.filter(({ missed }) => missed !== null).map((one) => controlLine(one, paint)),
      `reports: ${shown}  seed: ${seed}`,
      describeStop(outcome.stopped?.error),
      `${right} passed, ${controls.length - right} failed`,
    ])
    process.stdout.write(`\n${text}\n`)
    done(exitCodeOf(outcome, controls))
  })
}

function exitCodeOf({ results, stopped }: ControlsOutcome, controls: readonly Control[]): number {
  if (stopped?.reason === 'interrupted') return exitCodes.interrupted.code
  if (results.some((one) => one.missed !== null && !wasExcused(one))) return exitCodes.broken.code
  const right = results.filter(({ missed }) => missed === null)
  const isComplete = stopped === null && right.length === controls.length
  return isComplete ? exitCodes.passed.code : exitCodes.unproven.code
}
