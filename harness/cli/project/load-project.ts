// The scenarios of a project by what the last campaign saw, for commands that start nothing.
import path from 'node:path'
import { readExplored } from '../../campaign/project/explored-file.ts'
import { readConfig } from '../../config/config.ts'
import type { Project } from '../../config/project/project.ts'
import { genericScenarios } from '../../scenario/generic/generic-scenarios.ts'
import type { Explored } from '../../scenario/generic/explored.ts'
import type { LoadedScenario } from '../../scenario/load.ts'

/** Of a workload that nobody has seen yet, those before it begins or before a message: they need no look. */
export async function loadProjectScenarios(
  project: Project,
  env: NodeJS.ProcessEnv,
): Promise<LoadedScenario[]> {
  const out = path.resolve(readConfig({}, env, ['out']).out)
  const known = await Promise.all(
    Object.keys(project.workloads).map(async (name) => {
      const explored = (await readExplored(out, project, name)) ?? unseen(project, name)
      return genericScenarios(project, name, explored)
    }),
  )
  return known.flat().map((scenario) => ({ scenario, file: project.file }))
}

function unseen({ version }: Project, workload: string): Explored {
  return { version, workload, ends: [], durationMs: 0, moments: [], queues: {} }
}
