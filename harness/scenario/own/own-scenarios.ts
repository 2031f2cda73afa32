// The scenarios of a project's own: they run against its workers, and are judged as its generic ones are.
import { createHash } from 'node:crypto'
import type { Project } from '../../config/project/project.ts'
import { UsageError } from '../../core/errors.ts'
import { workerDefinitionsSchema } from '../../worker/worker-definition.ts'
import { commonFields } from '../generic/common-fields.ts'
import type { Explored } from '../generic/explored.ts'
import { loadScenarioFiles, type LoadedScenario } from '../load.ts'
import { withJudging, type Scenario } from '../scenario.ts'
import { contextWithWorkloads } from './context.ts'
import { filesOf } from './files.ts'
import type { Judging } from './judging.ts'

const scenarioFiles = {
  field: 'scenarios',
  what: 'what `defineScenario` returns',
  code: 'CHAOS_SCENARIO_MISSING',
} as const

/**
 * As their files have them. Nothing is known of the project's workloads yet.
 * @throws UsageError `CHAOS_SCENARIO_MISSING`, `CHAOS_SCENARIO_DUPLICATE`, `CHAOS_SCENARIO_WORKERS`, and as
 *   `loadScenarios` does
 */
export async function loadOwnScenarios(project: Project): Promise<LoadedScenario[]> {
  const loaded = await loadScenarioFiles(await filesOf(project, project.scenarios, scenarioFiles))
  for (const one of loaded) assertFits(project, one)
  return loaded.map((one) => ({ ...one, project }))
}

function assertFits({ workloads, workers, file: config }: Project, { scenario, file }: LoadedScenario): void {
  const { name, said } = scenario
  if (workloads[name] !== undefined) {
    throw new UsageError(
      `the scenario ${name} in ${file} is named as the workload ${name} in ${config}`,
      `\`run ${name}\` would mean both: give the scenario and its file another name.`,
      'CHAOS_SCENARIO_DUPLICATE',
    )
  }
  if (said.includes('workers')) {
    throw new UsageError(
      `the scenario ${name} in ${file} declares "workers"`,
      `Leave them out. Its workers are those of ${config}: ${Object.keys(workers).join(', ')}.`,
      'CHAOS_SCENARIO_WORKERS',
    )
  }
}

/** The scenario as it runs in its project. @param explored what was seen of the workloads so far */
export function ownScenario(
  project: Project,
  scenario: Scenario,
  explored: readonly Explored[],
  judging: Judging,
): Scenario {
  const { said } = scenario
  const { workers, failingAttempts, activityWaitsMs, probes } = commonFields(project, explored)
  const deadlines = Object.values(project.workloads).map(({ deadlineMs }) => deadlineMs)
  const unless = <T>(field: string, own: T, usual: T) => (said.includes(field) ? own : usual)
  return withJudging(
    {
      ...scenario,
      version: said.includes('version') ? scenario.version : versionOf(project, scenario),
      probes: unless('probes', scenario.probes, probes),
      budgetMs: unless('budgetMs', scenario.budgetMs, project.budgetMs),
      deadlineMs: unless('deadlineMs', scenario.deadlineMs, Math.max(...deadlines)),
      failingAttempts: [...new Set([...failingAttempts, ...scenario.failingAttempts])],
      activityWaitsMs: { ...activityWaitsMs, ...scenario.activityWaitsMs },
      workers: workerDefinitionsSchema.parse(workers),
      run: (context) => scenario.run(contextWithWorkloads(context, project, explored)),
    },
    judging,
  )
}

/** What it starts is said in the configuration. */
function versionOf({ version }: Project, scenario: Scenario): string {
  return createHash('sha256').update(`${scenario.version} ${version}`).digest('hex').slice(0, 16)
}
