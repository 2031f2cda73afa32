// Runs the workloads of a project without faults: what they then do is what every later run is held against.
import { ChaosError } from '../../core/errors.ts'
import type { Project } from '../../config/project/project.ts'
import { exploredFrom, type Explored } from '../../scenario/generic/explored.ts'
import { missingTables } from '../../scenario/generic/explored-rows.ts'
import { exploringScenario } from '../../scenario/generic/generic-scenarios.ts'
import { writeExplored } from './explored-file.ts'
import { look, type Look, type LookOptions } from './look.ts'

export interface ExploreOptions extends LookOptions {
  /** The workloads to explore. */
  readonly names: readonly string[]
  /** The report folder, where the next commands find what was seen. */
  readonly out: string
}

export interface Exploration extends Pick<Look, 'outcome'> {
  readonly explored: readonly Explored[]
}

/** @throws ChaosError `CHAOS_EXPLORED_NOTHING` and why, if a workload did not come to its end without faults */
export async function explore(options: ExploreOptions): Promise<Exploration> {
  const { project, names, out } = options
  const { outcome, runs } = await look(
    options,
    names.map((name) => exploringScenario(project, name)),
  )
  const explored: Explored[] = []
  for (const [index, { folder, record, error }] of runs.entries()) {
    const name = names[index] ?? ''
    if (error?.code === rowsUnreadable)
      throw new ChaosError(error.message, { code: rowsUnreadable, ...hintOf(error) })
    if (error !== undefined) throw notExplored(name, error.message, folder, error.hint)
    const seen = exploredFrom(record, name, project.version)
    const open = seen.ends.find(({ outcome: end }) => end === null)
    if (open !== undefined) throw notExplored(name, `${open.workflowId} did not end`, folder)
    const [missing] = missingTables(record)
    if (missing !== undefined) throw noTable(missing, project, folder)
    explored.push(seen)
    await writeExplored(out, seen)
  }
  return { outcome, explored }
}

const rowsUnreadable = 'CHAOS_ROWS_UNREADABLE'

function hintOf({ hint }: { readonly hint?: string | undefined }): { hint?: string } {
  return hint === undefined ? {} : { hint }
}

function noTable(name: string, { rows }: Project, record: string): ChaosError {
  return new ChaosError(`the query of rows.${name} finds no table, although all workflows have ended`, {
    code: rowsUnreadable,
    kind: 'usage',
    hint: `Correct the query, or the place of the database: ${rows[name]?.query}. The record: ${record}`,
  })
}

function notExplored(name: string, why: string, record: string, hint?: string): ChaosError {
  return new ChaosError(`the workload ${name} does not come to its end without any fault: ${why}`, {
    code: 'CHAOS_EXPLORED_NOTHING',
    hint: `${hint === undefined ? '' : `${hint} `}Nothing can be proven of it before it does. Its record, with the worker's log: ${record}`,
  })
}
