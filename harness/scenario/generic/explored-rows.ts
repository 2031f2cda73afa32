// Which rows a workload leaves in declared tables, as its workflows did in a run without faults.
import { observationsOf, type RunRecord } from '../../record/record.ts'
import { entriesOf } from '../../record/timeline.ts'
import { expectedKeys, ownerOf } from './explored-effects.ts'

export type KeysByTable = Readonly<Record<string, readonly string[]>>

interface End {
  readonly workflowId: string
  readonly rows?: KeysByTable | undefined
}

/**
 * The keys of the rows that carry its id, by the name of their query. A key without any id tells nothing about the next
 * workflow. Empty if no query is declared.
 */
export function leftRows(record: RunRecord, workflowId: string): Record<string, string[]> {
  const ids = entriesOf(record.timeline, 'workflow').map((one) => one.workflowId)
  const looks = Map.groupBy(observationsOf(record, 'rows'), ({ name }) => name)
  return Object.fromEntries(
    [...looks].map(([name, its]) => {
      const last = its.findLast(({ when }) => when === 'end')?.rows ?? []
      const keys = last.map(({ key }) => key).filter((key) => ownerOf(key, ids) === workflowId)
      return [name, [...new Set(keys)].toSorted()]
    }),
  )
}

/** The queries that found no table even once all workflows had ended. */
export function missingTables(record: RunRecord): string[] {
  return observationsOf(record, 'rows')
    .filter(({ when, rows }) => when === 'end' && rows === null)
    .map(({ name }) => name)
}

/** The rows that the workflow with this id must leave: those of the explored ones, as far as these agree. */
export function expectedRows(ends: readonly End[], workflowId: string): KeysByTable {
  const names = new Set(ends.flatMap(({ rows }) => Object.keys(rows ?? {})))
  return Object.fromEntries(
    [...names].flatMap((name) => {
      const keys = expectedKeys(
        ends.map((end) => ({ workflowId: end.workflowId, keys: end.rows?.[name] })),
        workflowId,
      )
      return keys === undefined ? [] : [[name, keys] as const]
    }),
  )
}
