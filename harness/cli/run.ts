// `chaos run`: selects scenarios, runs a campaign, reports it, and says in one exit code what it proved.
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { Option, type Command } from 'commander'
import { campaignId, runCampaign, type CampaignOutcome, type CampaignEvent } from '../campaign/campaign.ts'
import { planCampaign, type CampaignPlan, type PlannedRun } from '../campaign/plan.ts'
import { readConfig, settings, type Config, type Setting, type SettingName } from '../config.ts'
import { toChaosError, type ChaosError } from '../errors.ts'
import type { CampaignResult } from '../record/timing.ts'
import { drawSeed } from '../scenario/seed.ts'
import { selectScenarios, type LoadedScenario } from '../scenario/load.ts'
import { failureBlock, proof, summaryTable, totals } from '../report/console.ts'
import { checkWritable, linkLatest } from '../report/files.ts'
import { paintFor, type Paint } from '../report/paint.ts'
import { ReportWriter, writeReports } from '../report/reports.ts'
import { exitCodeOf } from './exit-code.ts'
import { onInterruption } from './interruption.ts'
import { Progress } from './progress.ts'
import type { Uncaught } from './uncaught.ts'

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
    .argument('[scenario...]', 'names of scenarios; all of them where none is named')
  for (const setting of Object.values<Setting>(settings)) {
    const isDefaultShown = `(default: ${setting.default}; ${setting.env})`
    command.addOption(new Option(setting.flag, `${setting.description} ${isDefaultShown}`))
  }
  command.action(async (names: string[], flags: Partial<Record<SettingName, unknown>>) => {
    const config = readConfig(flags, process.env)
    const scenarios = selectScenarios(
      (await load()).map(({ scenario }) => scenario),
      names,
    )
    const plan = planCampaign(scenarios, config, config.seed ?? drawSeed())
    const paint = paintFor(process.stdout)
    if (config.dryRun) {
      process.stdout.write(`${describePlan(plan)}\n`)
      done(0)
      return
    }
    done(await campaign(plan, config, paint, uncaught))
  })
}

function describePlan({ seed, runs }: CampaignPlan): string {
  const lines = runs.map((planned) => {
    const { scenario, run, budgetMs } = planned
    return `${scenario.name} #${run}  seed ${planned.seed}  budget ${budgetMs} ms  strikes the ${scenario.strikes}`
  })
  return [`campaign seed ${seed}, ${runs.length} runs; nothing is started`, ...lines].join('\n')
}

async function campaign(
  plan: CampaignPlan,
  config: Config,
  paint: Paint,
  uncaught: Uncaught,
): Promise<number> {
  const out = path.resolve(config.out)
  await checkWritable(out)
  const id = campaignId(new Date())
  const folder = path.join(out, id)
  await mkdir(folder)
  const place = { id, folder, shown: path.relative(process.cwd(), folder), out }
  const reports = new ReportWriter((result) => writeReports(result, folder))
  const outcome = await follow({ plan, config, paint, uncaught, place, reports })
  const { result, stopped } = outcome
  // A full disk must not hide what was proven.
  const unreported = await lastReport(reports, result, place)
  const parts = [
    summaryTable(result, paint),
    proof(result),
    `${unreported === undefined ? 'reports' : 'records'}: ${place.shown}  seed: ${plan.seed}`,
    stopped === null ? '' : `stopped: ${describeError(stopped.error)}`,
    unreported === undefined ? '' : `the reports are not complete: ${describeError(unreported)}`,
    failureBlock(result, place.shown, paint),
    totals(result),
  ]
  process.stdout.write(`\n${parts.filter((part) => part !== '').join('\n\n')}\n`)
  return exitCodeOf(outcome, unreported)
}

/** @returns why the reports of the whole campaign could not be written; undefined where they were */
async function lastReport(
  reports: ReportWriter,
  result: CampaignResult,
  { out, folder }: Place,
): Promise<ChaosError | undefined> {
  try {
    await reports.finish(result)
    await linkLatest(out, folder)
    return undefined
  } catch (thrown) {
    return toChaosError(thrown)
  }
}

interface Place {
  readonly id: string
  readonly folder: string
  /** The folder as a user can type it. */
  readonly shown: string
  readonly out: string
}

interface Following {
  readonly plan: CampaignPlan
  readonly config: Config
  readonly paint: Paint
  readonly uncaught: Uncaught
  readonly place: Place
  readonly reports: ReportWriter
}

async function follow(following: Following): Promise<CampaignOutcome> {
  const { plan, config, paint, uncaught, place, reports } = following
  const { stdout } = process
  using progress = new Progress({
    stream: stdout,
    isLive: stdout.isTTY && process.env.CI === undefined,
    paint,
  })
  const signal = onInterruption((text) => progress.line(text), uncaught)
  const scenarios = new Set(plan.runs.map(({ scenario }) => scenario.name)).size
  progress.line(
    `${plan.runs.length} runs of ${scenarios} ${scenarios === 1 ? 'scenario' : 'scenarios'}, profile ${config.profile}, campaign seed ${plan.seed}`,
  )
  async function onEvent(event: CampaignEvent): Promise<void> {
    if (event.type === 'run-started') progress.started(event.planned)
    else if (event.type === 'run-finished') progress.finished(event.planned, event.run)
    else {
      const { server, postgres } = event.result.campaign.versions
      progress.line(
        `stack: Temporal ${server ?? '?'} on PostgreSQL ${postgres ?? '?'}, backend ${event.result.campaign.backend}`,
      )
      await linkLatest(place.out, place.folder)
    }
    if (event.type !== 'run-started') await reports.update(event.result)
  }
  const onProgress = (what: string) => progress.preparing(what)
  const { id, folder } = place
  const onStep = (planned: PlannedRun, step: string) => progress.step(planned, step)
  const { env } = process
  return await runCampaign({ plan, config, id, folder, env, signal, onEvent, onProgress, onStep })
}

function describeError({ message, code, hint }: ChaosError): string {
  return `${message} [${code}]${hint === undefined ? '' : `\n${hint}`}`
}
