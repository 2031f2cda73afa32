// `chaos run` with a chaos.config: explores the project's workloads, then injects each fault at each moment.
import type { Consent } from '../../cluster/backends/external/consent.ts'
import { explore } from '../../campaign/project/explore.ts'
import type { LookOptions } from '../../campaign/project/look.ts'
import { planCampaign, type CampaignPlan } from '../../campaign/plan.ts'
import type { Config } from '../../config/config.ts'
import type { Project } from '../../config/project/project.ts'
import { drawSeed } from '../../core/seed.ts'
import { partByBackend } from '../../scenario/availability.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { runAndReport, type CampaignCommand } from '../campaign-command.ts'
import { describeCampaign, describePlan } from '../plan-text.ts'
import { withBackend } from '../with-backend.ts'
import { exploredText } from './explored-text.ts'
import { loadOwn, loadProjectScenarios, scenariosOf } from './load-project.ts'
import { lookAtProject, tellStop } from './look-at-project.ts'
import { ProjectUnderTest } from './project-under-test.ts'
import { quickest, selectGeneric, workloadsOf } from './select.ts'

export interface ProjectRun {
  readonly project: Project
  readonly names: readonly string[]
  readonly config: Config
  /** One of the project's profiles. */
  readonly profile: string
  readonly consent: Consent
  readonly uncaught: CampaignCommand['uncaught']
}

/** What a run would do, by what the last campaign saw of the workloads. Nothing is started. */
export async function describeProjectPlan(
  project: Project,
  names: readonly string[],
  { profile, ...given }: Pick<ProjectRun, 'config' | 'profile'>,
): Promise<string> {
  const { config, backend, line } = await withBackend(given.config, process.env)
  const loaded = await loadProjectScenarios(project, process.env, profile)
  workloadsOf(project, loaded, names)
  const all = loaded.map(({ scenario }) => scenario)
  const plan = planFor(all, names, { config, backend, seed: config.seed ?? drawSeed() })
  return `${line}\n${describePlan(plan, null)}`
}

/** @returns the exit code */
export async function runProject({
  project,
  names,
  uncaught,
  consent,
  profile,
  ...given
}: ProjectRun): Promise<number> {
  const { config, backend, line } = await withBackend(given.config, process.env)
  // What is wrong in a file is said before anything is started.
  const own = await loadOwn(project)
  const workloads = workloadsOf(project, own.scenarios, names)
  await using tested = await ProjectUnderTest.open(project, backend, consent)
  const chosen = { config, backend, seed: config.seed ?? drawSeed() }
  const { outcome, explored } = await lookAtProject(
    {
      ...chosen,
      profile,
      tested,
      uncaught,
      kind: 'explore',
      title: `${line}\n${project.file}: each workload twice without faults, to see what it does`,
    },
    (options, out) => explore({ ...options, out, names: workloads }),
  )
  if (outcome.stopped !== null) return tellStop(outcome, [''])
  process.stdout.write(`${[...tested.clusterLines, exploredText(project, explored)].join('\n')}\n`)
  const { project: under, overrides } = tested.under(profile)
  const all = scenariosOf(under, own, explored).map(({ scenario }) => scenario)
  const plan = planFor(all, names, chosen)
  const title = `${describeCampaign(plan, null, { profile })}\none run at a time: the task queues belong to the worker's code`
  return await runAndReport(plan, config, title, uncaught, { tested, overrides })
}

function planFor(
  all: readonly Scenario[],
  names: readonly string[],
  { config, backend, seed }: Pick<LookOptions, 'config' | 'backend' | 'seed'>,
): CampaignPlan {
  const named = selectGeneric(all, names)
  const scenarios = config.quick ? quickest(partByBackend(named, backend).available) : named
  return planCampaign(scenarios, config, seed, backend)
}
