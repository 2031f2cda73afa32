// Runs a campaign for a user: shows progress on the console, keeps reports up to date, and reacts to Ctrl-C.
import path from 'node:path'
import { runCampaign, type CampaignEvent, type CampaignOutcome } from '../campaign/campaign.ts'
import type { RunParts } from '../campaign/run-parts.ts'
import type { CampaignPlan } from '../campaign/plan.ts'
import type { Config } from '../config/config.ts'
import type { ChaosError } from '../core/errors.ts'
import { campaignReporters } from '../report/campaign-reporters.ts'
import type { Paint } from '../report/console/paint.ts'
import { Progress } from '../report/console/progress.ts'
import { linkLatest } from '../report/files.ts'
import type { ReportFolder } from '../report/report-folder.ts'
import { tellAll, type Reporter } from '../report/reporter.ts'
import { onInterruption } from './interruption.ts'
import type { Uncaught } from './uncaught.ts'

/** How a command shows the progress of its campaigns, and the signal that interrupts them. */
export interface Watch {
  readonly progress: Progress
  readonly signal: AbortSignal
}

export interface WatchedOptions {
  readonly paint: Paint
  readonly uncaught: Uncaught
  readonly config: Pick<Config, 'detached'>
}

/** Shows progress while `work` runs. The console is free again afterwards. */
export async function watched<T>(
  { paint, uncaught, config }: WatchedOptions,
  work: (watch: Watch) => Promise<T>,
): Promise<T> {
  const { stdout } = process
  const isLive = stdout.isTTY && process.env.CI === undefined
  using progress = new Progress({ stream: stdout, isLive, paint })
  const notice = (text: string) => progress.line(text)
  const signal = onInterruption({ notice, uncaught, detached: config.detached })
  return await work({ progress, signal })
}

export interface RunWithProgressOptions {
  readonly plan: CampaignPlan
  readonly config: Config
  readonly watch: Watch
  readonly place: ReportFolder
  /** The campaign's name, for the first line. */
  readonly title: string
  /** The folder that `latest` points to once the cluster is up. */
  readonly newest: string
  /** Parts that stand in for the usual ones. */
  readonly overrides?: Partial<RunParts> | undefined
}

export interface CampaignRun {
  readonly outcome: CampaignOutcome
  /** Why the reports of the whole campaign could not be written; undefined if they were. */
  readonly unreported: ChaosError | undefined
}

/** Runs a campaign to its end and writes its reports. Every failure is part of the result. */
export async function runWithProgress(options: RunWithProgressOptions): Promise<CampaignRun> {
  const { plan, config, place, title, newest, overrides } = options
  const { progress, signal } = options.watch
  const { id, folder } = place
  const reporters: readonly Reporter[] = [progress, ...campaignReporters(folder)]
  const link = () => linkLatest(path.resolve(config.out), newest)
  progress.line(title)
  async function onEvent(event: CampaignEvent): Promise<void> {
    if (event.type === 'run-started') return progress.started(event.planned)
    if (event.type === 'ready') await link()
    const failure = await tellAll(reporters, (reporter) =>
      event.type === 'ready' ? reporter.onCampaignReady?.(event.result) : reporter.onRunFinished?.(event),
    )
    if (failure !== undefined) throw failure
  }
  const outcome = await runCampaign({
    plan,
    config,
    id,
    folder,
    env: process.env,
    signal,
    onEvent,
    onProgress: (what) => progress.preparing(what),
    onStep: (planned, step) => progress.step(planned, step),
    ...(overrides && { overrides }),
  })
  // A full disk must not hide the result of the campaign.
  const unreported = await tellAll(reporters, (reporter) => reporter.onCampaignFinished(outcome.result))
  return { outcome, unreported: unreported ?? (await tellAll([link], (last) => last())) }
}
