// `chaos check`: starts a project's workers once, and says what was found.
import type { Command } from 'commander'
import { checkWorkers } from '../../campaign/project/check-workers.ts'
import { findProject } from '../../config/project/project.ts'
import { settingsOf, type SettingName } from '../../config/settings.ts'
import { exitCodes } from '../../core/exit-codes.ts'
import { drawSeed } from '../../core/seed.ts'
import type { CampaignCommand } from '../campaign-command.ts'
import type { Consent } from '../../cluster/backends/external/consent.ts'
import { addExample } from '../example.ts'
import { nothingDeclared } from '../nothing-declared.ts'
import { addSettings } from '../setting-options.ts'
import { withBackend } from '../with-backend.ts'
import { addConsent } from './consent-flags.ts'
import { checkText } from './check-text.ts'
import { lookAtProject, tellStop } from './look-at-project.ts'
import { readProjectConfig } from './project-config.ts'
import { ProjectUnderTest } from './project-under-test.ts'

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
    const asked = readProjectConfig(project, flags, process.env, taken)
    const { config, backend, line } = await withBackend(asked.config, process.env)
    await using tested = await ProjectUnderTest.open(project, backend, flags)
    const { outcome, workers } = await lookAtProject(
      {
        config,
        backend,
        seed: drawSeed(),
        tested,
        profile: asked.profile,
        uncaught,
        kind: 'check',
        title: `${line}\n${project.file}`,
      },
      checkWorkers,
    )
    if (outcome.stopped !== null) {
      done(tellStop(outcome, tested.clusterLines))
      return
    }
    process.stdout.write(`${[...tested.clusterLines, checkText(project, workers)].join('\n')}\n`)
    done(exitCodes.passed.code)
  })
}
