// The scenarios of a project: its generic ones, and those of its own.
import path from 'node:path'
import { readExplored } from '../../campaign/project/explored-file.ts'
import { readConfig } from '../../config/config.ts'
import { asIs } from '../../config/project/profile-schema.ts'
import { withProfile } from '../../config/project/profiles.ts'
import type { Project } from '../../config/project/project.ts'
import { genericScenarios } from '../../scenario/generic/generic-scenarios.ts'
import type { Explored } from '../../scenario/generic/explored.ts'
import type { LoadedScenario } from '../../scenario/load.ts'
import { loadJudging, type Judging } from '../../scenario/own/judging.ts'
import { loadOwnScenarios, ownScenario } from '../../scenario/own/own-scenarios.ts'

/** What a project adds beyond its workloads. */
export interface Own {
  readonly scenarios: readonly LoadedScenario[]
  readonly judging: Judging
}

/** @throws as `loadOwnScenarios` and `loadJudging` do */
export async function loadOwn(project: Project): Promise<Own> {
  return { scenarios: await loadOwnScenarios(project), judging: await loadJudging(project) }
}

/** Those of its own first: the team wrote them for what matters most. @param explored what was seen of its workloads */
export function scenariosOf(
  project: Project,
  { scenarios, judging }: Own,
  explored: readonly Explored[],
): LoadedScenario[] {
  const own = scenarios.map((one) => ({
    ...one,
    scenario: ownScenario(project, one.scenario, explored, judging),
  }))
  const generic = explored
    .flatMap((one) => genericScenarios(project, one.workload, one, judging))
    .map((scenario) => ({ scenario, file: project.file, project }))
  return [...own, ...generic]
}

/**
 * By what the last campaign saw, for commands that start nothing. Of a workload that nobody has seen yet, those before
 * it begins or before a message: they need no look.
 * @param profile one of the project's @default 'as-is'
 */
export async function loadProjectScenarios(
  project: Project,
  env: NodeJS.ProcessEnv,
  profile: string = asIs,
): Promise<LoadedScenario[]> {
  const out = path.resolve(readConfig({}, env, ['out']).out)
  const explored = await Promise.all(
    Object.keys(project.workloads).map(
      async (name) => (await readExplored(out, project, name)) ?? unseen(project, name),
    ),
  )
  return scenariosOf(withProfile(project, profile), await loadOwn(project), explored)
}

function unseen({ version }: Project, workload: string): Explored {
  return { version, workload, ends: [], durationMs: 0, moments: [], queues: {} }
}
