// What `run` and `check` do first: a look at the project without faults, in a report folder of its own.
import path from 'node:path'
import { campaignId } from '../../campaign/campaign.ts'
import type { Look, LookOptions } from '../../campaign/project/look.ts'
import { describeStop } from '../../report/console/error-text.ts'
import { paintFor } from '../../report/console/paint.ts'
import { checkWritable } from '../../report/files.ts'
import { createReportFolder } from '../../report/report-folder.ts'
import type { CampaignCommand } from '../campaign-command.ts'
import { exitCodeOf } from '../exit-code.ts'
import { watched } from '../run-with-progress.ts'
import type { ProjectUnderTest } from './project-under-test.ts'

export interface LookAtProject extends Pick<LookOptions, 'config' | 'backend' | 'seed'> {
  readonly tested: ProjectUnderTest
  /** One of the project's profiles. */
  readonly profile: string
  /** The end of the folder's name. */
  readonly kind: 'explore' | 'check'
  /** What the console says first. */
  readonly title: string
  readonly uncaught: CampaignCommand['uncaught']
}

/** Prepares the project and does the work, with progress on the console. @param out the folder of all reports */
export async function lookAtProject<T extends Pick<Look, 'outcome'>>(
  { tested, profile, kind, title, uncaught, ...given }: LookAtProject,
  work: (options: LookOptions, out: string) => Promise<T>,
): Promise<T> {
  const { config } = given
  const out = path.resolve(config.out)
  await checkWritable(out)
  const id = campaignId(new Date())
  const place = await createReportFolder(out, id, `${id}-${kind}`)
  const { project, overrides } = tested.under(profile)
  return await watched({ paint: paintFor(process.stdout), uncaught, config }, async (watch) => {
    const { progress, signal } = watch
    progress.line(title)
    await tested.prepare(place, watch)
    const onProgress = (what: string) => progress.preparing(what)
    const { folder } = place
    return work({ ...given, project, overrides, id, folder, env: process.env, signal, onProgress }, out)
  })
}

/** Says why a look was stopped. @returns the exit code */
export function tellStop(outcome: Look['outcome'], before: readonly string[] = []): number {
  process.stdout.write(`${[...before, describeStop(outcome.stopped?.error)].join('\n')}\n`)
  return exitCodeOf(outcome)
}
