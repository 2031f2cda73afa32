// A whole campaign as a command: reports on disk, a summary on the console, one exit code.
import path from 'node:path'
import { campaignId } from '../campaign/campaign.ts'
import type { CampaignPlan } from '../campaign/plan.ts'
import type { Config } from '../config/config.ts'
import { campaignEnd } from '../report/console/campaign-end.ts'
import { describeStop, describeUnreported } from '../report/console/error-text.ts'
import { createReportFolder } from '../report/report-folder.ts'
import { checkWritable } from '../report/files.ts'
import { paintFor } from '../report/console/paint.ts'
import type { LoadedScenario } from '../scenario/load.ts'
import { exitCodeOf } from './exit-code.ts'
import type { ProjectUnderTest, UnderProfile } from './project/project-under-test.ts'
import { runWithProgress, watched } from './run-with-progress.ts'
import type { Uncaught } from './uncaught.ts'

/** The inputs of a command that runs something. */
export interface CampaignCommand {
  readonly load: () => Promise<LoadedScenario[]>
  /** Receives the exit code. */
  readonly done: (exitCode: number) => void
  readonly uncaught: Uncaught
}

/** Runs the campaign, prints its results, and writes its reports. @returns the exit code */
export async function runAndReport(
  plan: CampaignPlan,
  config: Config,
  title: string,
  uncaught: Uncaught,
  project?: { readonly tested: ProjectUnderTest } & Pick<UnderProfile, 'overrides'>,
): Promise<number> {
  const paint = paintFor(process.stdout)
  const out = path.resolve(config.out)
  await checkWritable(out)
  const place = await createReportFolder(out, campaignId(new Date()))
  const { outcome, unreported } = await watched({ paint, uncaught, config }, async (watch) => {
    await project?.tested.prepare(place, watch)
    return runWithProgress({
      plan,
      config,
      watch,
      place,
      title,
      newest: place.folder,
      overrides: project?.overrides,
    })
  })
  const { result, stopped } = outcome
  const notes = [
    `${unreported === undefined ? 'reports' : 'records'}: ${place.shown}  seed: ${plan.seed}`,
    describeStop(stopped?.error),
    describeUnreported(unreported),
  ]
  process.stdout.write(`\n${campaignEnd(result, { folder: place.shown, notes, paint })}\n`)
  return exitCodeOf(outcome, unreported)
}
