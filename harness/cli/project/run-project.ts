// `chaos run` where a chaos.config is: explores the project's workloads, then injects every fault at every moment.
import path from 'node:path'
import type { Consent } from '../../cluster/backends/external/consent.ts'
import { campaignId } from '../../campaign/campaign.ts'
import { explore, type Exploration } from '../../campaign/project/explore.ts'
import { planCampaign } from '../../campaign/plan.ts'
import type { Config } from '../../config/config.ts'
import type { Project } from '../../config/project/project.ts'
import { exitCodes } from '../../core/exit-codes.ts'
import { drawSeed } from '../../core/seed.ts'
import { describeStop } from '../../report/console/error-text.ts'
import { checkWritable } from '../../report/files.ts'
import { paintFor } from '../../report/console/paint.ts'
import { createReportFolder } from '../../report/report-folder.ts'
import { partByBackend } from '../../scenario/availability.ts'
import { genericScenarios } from '../../scenario/generic/generic-scenarios.ts'
import { exitCodeOf } from '../exit-code.ts'
import { runAndReport, type CampaignCommand } from '../campaign-command.ts'
import { describeCampaign, describePlan } from '../plan-text.ts'
import { watched } from '../run-with-progress.ts'
import { withBackend } from '../with-backend.ts'
import { exploredText } from './explored-text.ts'
import { loadProjectScenarios } from './load-project.ts'
import { ProjectUnderTest } from './project-under-test.ts'
import { quickest, selectGeneric, workloadsOf } from './select.ts'

export interface ProjectRun {
  readonly project: Project
  readonly names: readonly string[]
  readonly config: Config
  readonly consent: Consent
  readonly uncaught: CampaignCommand['uncaught']
}

/** What a run would do, by what the last campaign saw of the workloads. Nothing is started. */
export async function describeProjectPlan(
  project: Project,
  names: readonly string[],
  given: Config,
): Promise<string> {
  const { config, backend, line } = await withBackend(given, process.env)
  workloadsOf(project, names)
  const all = (await loadProjectScenarios(project, process.env)).map(({ scenario }) => scenario)
  const named = selectGeneric(all, names)
  const scenarios = config.quick ? quickest(partByBackend(named, backend).available) : named
  const plan = planCampaign(scenarios, config, config.seed ?? drawSeed(), backend)
  return `${line}\n${describePlan(plan, null)}`
}

/** @returns the exit code */
export async function runProject({
  project,
  names,
  uncaught,
  consent,
  ...given
}: ProjectRun): Promise<number> {
  const { config, backend, line } = await withBackend(given.config, process.env)
  await using tested = await ProjectUnderTest.open(project, backend, consent)
  const out = path.resolve(config.out)
  await checkWritable(out)
  const seed = config.seed ?? drawSeed()
  const id = campaignId(new Date())
  const place = await createReportFolder(out, id, `${id}-explore`)
  const paint = paintFor(process.stdout)
  const { outcome, explored } = await watched({ paint, uncaught, config }, async (watch) => {
    const { progress, signal } = watch
    progress.line(`${line}\n${project.file}: each workload twice without faults, to see what it does`)
    await tested.prepare(place, watch)
    return explore({
      project,
      names: workloadsOf(project, names),
      config,
      id: place.id,
      folder: place.folder,
      env: process.env,
      signal,
      onProgress: (what) => progress.preparing(what),
      overrides: tested.overrides,
      seed,
      backend,
      out,
    })
  })
  if (outcome.stopped !== null) return stoppedWhileExploring(outcome)
  process.stdout.write(`${[...tested.clusterLines, exploredText(project, explored)].join('\n')}\n`)
  const all = explored.flatMap((one) => genericScenarios(project, one.workload, one))
  const named = selectGeneric(all, names)
  const scenarios = config.quick ? quickest(partByBackend(named, backend).available) : named
  const plan = planCampaign(scenarios, config, seed, backend)
  const title = `${describeCampaign(plan, null, config)}\none run at a time: the task queues belong to the worker's code`
  return await runAndReport(plan, config, title, uncaught, tested)
}

function stoppedWhileExploring(outcome: Exploration['outcome']): number {
  process.stdout.write(`\n${describeStop(outcome.stopped?.error) ?? ''}\n`)
  const code = exitCodeOf(outcome)
  return code === exitCodes.passed.code ? exitCodes.unproven.code : code
}
