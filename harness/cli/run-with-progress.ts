// Runs a campaign while a user looks on: progress on the console, reports kept up to date, Ctrl-C heard.
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { runCampaign, type CampaignEvent, type CampaignOutcome } from '../campaign/campaign.ts'
import type { CampaignPlan, PlannedRun } from '../campaign/plan.ts'
import type { Config } from '../config/config.ts'
import { toChaosError, type ChaosError } from '../core/errors.ts'
import type { CampaignResult } from '../result/campaign-result.ts'
import { linkLatest } from '../report/files.ts'
import type { Paint } from '../report/console/paint.ts'
import { ReportWriter, writeReports } from '../report/reports.ts'
import { onInterruption } from './interruption.ts'
import { Progress } from '../report/console/progress.ts'
import type { Uncaught } from './uncaught.ts'

/** What a command shows its campaigns with, and what interrupts them. */
export interface Watch {
  readonly progress: Progress
  readonly signal: AbortSignal
}

/** Watches while `work` goes on; the console is free again when it has ended. */
export async function watched<T>(
  paint: Paint,
  uncaught: Uncaught,
  work: (watch: Watch) => Promise<T>,
): Promise<T> {
  const { stdout } = process
  const isLive = stdout.isTTY && process.env.CI === undefined
  using progress = new Progress({ stream: stdout, isLive, paint })
  const signal = onInterruption((text) => progress.line(text), uncaught)
  return await work({ progress, signal })
}

/** Where a campaign's reports go. */
export interface Place {
  readonly id: string
  readonly folder: string
  /** The folder as a user can type it. */
  readonly shown: string
}

/** Makes a folder for reports in `parent`. */
export async function createReportFolder(parent: string, id: string, name = id): Promise<Place> {
  const folder = path.join(parent, name)
  await mkdir(folder)
  return { id, folder, shown: path.relative(process.cwd(), folder) }
}

export interface Following {
  readonly plan: CampaignPlan
  readonly config: Config
  readonly watch: Watch
  readonly place: Place
  /** What it is, as the first line says it. */
  readonly title: string
  /** The folder that `latest` points at from when the cluster is up. */
  readonly newest: string
}

export interface CampaignRun {
  readonly outcome: CampaignOutcome
  /** Why the reports of the whole campaign could not be written; undefined where they were. */
  readonly unreported: ChaosError | undefined
}

/** Runs a campaign to its end and writes its reports. Whatever goes wrong is in what it returns. */
export async function runWithProgress(following: Following): Promise<CampaignRun> {
  const { plan, config, place, title, newest } = following
  const { progress, signal } = following.watch
  const { id, folder } = place
  const reports = new ReportWriter((result) => writeReports(result, folder))
  const link = () => linkLatest(path.resolve(config.out), newest)
  progress.line(title)
  async function onEvent(event: CampaignEvent): Promise<void> {
    if (event.type === 'run-started') progress.started(event.planned)
    else if (event.type === 'run-finished') progress.finished(event.planned, event.run)
    else {
      progress.line(describeStack(event.result))
      await link()
    }
    if (event.type !== 'run-started') await reports.update(event.result)
  }
  const onProgress = (what: string) => progress.preparing(what)
  const onStep = (planned: PlannedRun, step: string) => progress.step(planned, step)
  const { env } = process
  const outcome = await runCampaign({
    plan,
    config,
    id,
    folder,
    env,
    signal,
    onEvent,
    onProgress,
    onStep,
  })
  // A full disk must not hide what was proven.
  const unreported = await failureOf(async () => {
    await reports.finish(outcome.result)
    await link()
  })
  return { outcome, unreported }
}

/** What `work` failed with; undefined where it did not. */
export async function failureOf(work: () => Promise<void>): Promise<ChaosError | undefined> {
  try {
    await work()
    return undefined
  } catch (thrown) {
    return toChaosError(thrown)
  }
}

function describeStack({ campaign }: CampaignResult): string {
  const { server, postgres } = campaign.versions
  return `cluster: Temporal ${server ?? '?'} on PostgreSQL ${postgres ?? '?'}, backend ${campaign.backend}`
}

export function describeError({ message, code, hint }: ChaosError): string {
  return `${message} [${code}]${hint === undefined ? '' : `\n${hint}`}`
}
