// `chaos compare`: the same runs under one profile after the other, and what each of them costs.
import path from 'node:path'
import { Option, type Command } from 'commander'
import { campaignId } from '../campaign/campaign.ts'
import { planCampaign, type CampaignPlan } from '../campaign/plan.ts'
import { readConfig, type Config } from '../config/config.ts'
import { UsageError } from '../core/errors.ts'
import { didYouMean } from '../core/nearest.ts'
import { settingProfiles as profileNames, type ProfileName } from '../config/profiles.ts'
import { comparisonReporters } from '../report/campaign-reporters.ts'
import { compareResults } from '../report/comparison.ts'
import { comparisonEnd } from '../report/console/comparison-end.ts'
import { paintFor } from '../report/console/paint.ts'
import { checkWritable } from '../report/files.ts'
import { createReportFolder, type ReportFolder } from '../report/report-folder.ts'
import { tellAll } from '../report/reporter.ts'
import { selectScenarios } from '../scenario/load.ts'
import { drawSeed } from '../core/seed.ts'
import { withBackend } from './with-backend.ts'
import { comparisonExitCode } from './exit-code.ts'
import { runWithProgress, watched, type CampaignRun } from './run-with-progress.ts'
import { describeCampaign, describePlan } from './plan-text.ts'
import type { CampaignCommand } from './campaign-command.ts'
import { addExample } from './example.ts'
import { addSettings } from './setting-options.ts'
import { settingsOf, type SettingName } from '../config/settings.ts'

/**
 * `tuned,supervised`: each once, in this order.
 * @throws UsageError `CHAOS_UNKNOWN_PROFILE` with the nearest name
 */
export function parseProfiles(text: string): ProfileName[] {
  const names = text.split(',').map((name) => name.trim())
  return [...new Set(names)].map((name) => {
    const known = profileNames.find((one) => one === name)
    if (known !== undefined) return known
    throw new UsageError(
      `there is no profile ${JSON.stringify(name)}`,
      didYouMean(name, profileNames) ?? `There are ${profileNames.join(', ')}.`,
      'CHAOS_UNKNOWN_PROFILE',
    )
  })
}

export function registerCompare(program: Command, { load, done, uncaught }: CampaignCommand): void {
  const command = program
    .command('compare')
    .description('run scenarios under several profiles, with the same choices, and show what each costs')
    .argument('<scenario...>', 'names of scenarios')
    .addOption(
      new Option('--profiles <names>', 'profiles, with commas between them').default(profileNames.join(',')),
    )
  const taken = settingsOf('compare')
  addSettings(command, taken)
  addExample(command, 'compare kill-worker-mid-sleep --profiles sdk-defaults,tuned --runs 3')
  type Flags = Partial<Record<SettingName, unknown>> & { readonly profiles: string }
  command.action(async (names: string[], { profiles, ...flags }: Flags) => {
    const { config, backend, line } = await withBackend(readConfig(flags, process.env, taken), process.env)
    const compared = parseProfiles(profiles)
    const all = (await load()).map(({ scenario }) => scenario)
    const scenarios = selectScenarios(all, names, config.suite, backend)
    const plan = planCampaign(scenarios, config, config.seed ?? drawSeed(), backend)
    if (config.dryRun) {
      process.stdout.write(`${line}\nunder each of ${compared.join(', ')}: ${describePlan(plan, null)}\n`)
      done(0)
      return
    }
    process.stdout.write(`${line}\n`)
    done(await compare({ plan, config, profiles: compared }, uncaught))
  })
}

interface Comparing {
  readonly plan: CampaignPlan
  readonly config: Config
  readonly profiles: readonly ProfileName[]
}

interface Ended extends CampaignRun {
  readonly place: ReportFolder
}

async function compare(comparing: Comparing, uncaught: CampaignCommand['uncaught']): Promise<number> {
  const { plan, config, profiles } = comparing
  const paint = paintFor(process.stdout)
  const out = path.resolve(config.out)
  await checkWritable(out)
  const { id, folder, shown } = await createReportFolder(out, campaignId(new Date()))
  const reporters = comparisonReporters(folder)
  const ended: Ended[] = []
  const unreported = await watched({ paint, uncaught, config }, async (watch) => {
    for (const profile of profiles) {
      const place = await createReportFolder(folder, `${id}-${profile}`, profile)
      const own = { ...config, profile }
      const title = describeCampaign(plan, null, own)
      const followed = await runWithProgress({ plan, config: own, watch, place, title, newest: folder })
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
      asked: { runs: plan.runs.length * profiles.length, profiles: profiles.length },
      folder: shown,
      seed: plan.seed,
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

function comparisonOf(id: string, profiles: readonly ProfileName[], ended: readonly Ended[]) {
  const [first, ...others] = ended.map(({ outcome }) => outcome.result)
  return first === undefined ? undefined : compareResults([first, ...others], { id, profiles })
}
