// `chaos check`: starts a project's workers once, and says what was found.
import path from 'node:path'
import type { Command } from 'commander'
import { campaignId } from '../../campaign/campaign.ts'
import { checkWorkers } from '../../campaign/project/check-workers.ts'
import type { Stop } from '../../campaign/result.ts'
import { readConfig } from '../../config/config.ts'
import { findProject } from '../../config/project/project.ts'
import { settingsOf, type SettingName } from '../../config/settings.ts'
import { exitCodes } from '../../core/exit-codes.ts'
import { drawSeed } from '../../core/seed.ts'
import { describeStop } from '../../report/console/error-text.ts'
import { checkWritable } from '../../report/files.ts'
import { paintFor } from '../../report/console/paint.ts'
import { createReportFolder } from '../../report/report-folder.ts'
import type { CampaignCommand } from '../campaign-command.ts'
import type { Consent } from '../../cluster/backends/external/consent.ts'
import { addExample } from '../example.ts'
import { nothingDeclared } from '../nothing-declared.ts'
import { watched } from '../run-with-progress.ts'
import { addSettings } from '../setting-options.ts'
import { withBackend } from '../with-backend.ts'
import { addConsent } from './consent-flags.ts'
import { checkText } from './check-text.ts'
import { ProjectUnderTest, projectConfig } from './project-under-test.ts'

export function registerCheck(program: Command, { done, uncaught }: CampaignCommand): void {
  const command = program
    .command('check')
    .description('start the workers of chaos.config once, and say what was found')
  const taken = settingsOf('check')
  addSettings(command, taken)
  addConsent(command)
  addExample(command, 'check')
  command.action(async (flags: Partial<Record<SettingName, unknown>> & Consent) => {
    const project = await findProject(process.cwd())
    if (project === undefined) throw nothingDeclared(process.cwd())
    const asked = projectConfig(project, readConfig(flags, process.env, taken), { profile: false })
    const { config, backend, line } = await withBackend(asked, process.env)
    await using tested = await ProjectUnderTest.open(project, backend, flags)
    const out = path.resolve(config.out)
    await checkWritable(out)
    const id = campaignId(new Date())
    const place = await createReportFolder(out, id, `${id}-check`)
    const paint = paintFor(process.stdout)
    const { outcome, workers } = await watched({ paint, uncaught, config }, async (watch) => {
      watch.progress.line(`${line}\n${project.file}`)
      await tested.prepare(place, watch)
      return checkWorkers({
        project,
        config,
        id,
        folder: place.folder,
        env: process.env,
        signal: watch.signal,
        onProgress: (what) => watch.progress.preparing(what),
        overrides: tested.overrides,
        seed: drawSeed(),
        backend,
      })
    })
    const { stopped } = outcome
    const text = stopped === null ? checkText(project, workers) : describeStop(stopped.error)
    process.stdout.write(`${[...tested.clusterLines, text].join('\n')}\n`)
    done(stopped === null ? exitCodes.passed.code : codeOfStop(stopped))
  })
}

function codeOfStop({ reason, error }: Stop): number {
  if (reason === 'interrupted') return exitCodes.interrupted.code
  return error.kind === 'usage' ? exitCodes.usage.code : exitCodes.unproven.code
}
