// Runs one campaign after the other, each under another profile, and reports what each costs.
import path from 'node:path'
import { sum } from 'simple-statistics'
import { campaignId } from '../campaign/campaign.ts'
import type { CampaignPlan } from '../campaign/plan.ts'
import type { RunParts } from '../campaign/run-parts.ts'
import type { Config } from '../config/config.ts'
import { comparisonReporters } from '../report/campaign-reporters.ts'
import { compareResults } from '../report/comparison.ts'
import { comparisonEnd } from '../report/console/comparison-end.ts'
import { paintFor } from '../report/console/paint.ts'
import { checkWritable } from '../report/files.ts'
import { createReportFolder, type ReportFolder } from '../report/report-folder.ts'
import { tellAll } from '../report/reporter.ts'
import type { CampaignCommand } from './campaign-command.ts'
import { comparisonExitCode } from './exit-code.ts'
import { describeCampaign } from './plan-text.ts'
import { runWithProgress, watched, type CampaignRun } from './run-with-progress.ts'

/** The campaign of one profile. */
export interface Leg {
  readonly profile: string
  readonly plan: CampaignPlan
  readonly config: Config
  readonly overrides?: Partial<RunParts>
}

export interface Comparing {
  readonly legs: readonly Leg[]
  readonly config: Config
}

interface Ended extends CampaignRun {
  readonly place: ReportFolder
}

/** @returns the exit code */
export async function compare(
  { legs, config }: Comparing,
  uncaught: CampaignCommand['uncaught'],
): Promise<number> {
  const profiles = legs.map(({ profile }) => profile)
  const paint = paintFor(process.stdout)
  const out = path.resolve(config.out)
  await checkWritable(out)
  const { id, folder, shown } = await createReportFolder(out, campaignId(new Date()))
  const reporters = comparisonReporters(folder)
  const ended: Ended[] = []
  const unreported = await watched({ paint, uncaught, config }, async (watch) => {
    for (const { profile, ...leg } of legs) {
      const place = await createReportFolder(folder, `${id}-${profile}`, profile)
      const title = describeCampaign(leg.plan, null, { profile })
      const followed = await runWithProgress({ ...leg, watch, place, title, newest: folder })
      ended.push({ ...followed, place })
      const comparison = comparisonOf(id, profiles, ended)
      const failure =
        followed.unreported ??
        (await tellAll(reporters, (reporter) => comparison && reporter.onProfileFinished(comparison)))
      // What stopped one campaign early would stop the next one, or has to be looked at first.
      if (failure !== undefined || followed.outcome.stopped !== null) return failure
    }
    return undefined
  })
  const summary = comparisonEnd(
    {
      comparison: comparisonOf(id, profiles, ended),
      campaigns: ended.map(({ outcome, place }) => ({
        result: outcome.result,
        folder: place.shown,
        stopped: outcome.stopped?.error,
      })),
      asked: { runs: sum(legs.map(({ plan }) => plan.runs.length)), profiles: profiles.length },
      folder: shown,
      seed: legs[0]?.plan.seed ?? 0,
      unreported,
    },
    paint,
  )
  process.stdout.write(`\n${summary}\n`)
  return comparisonExitCode(
    ended.map(({ outcome }) => outcome),
    profiles.length,
    unreported,
  )
}

function comparisonOf(id: string, profiles: readonly string[], ended: readonly Ended[]) {
  const [first, ...others] = ended.map(({ outcome }) => outcome.result)
  return first === undefined ? undefined : compareResults([first, ...others], { id, profiles })
}
