// Which effects a workload has, as its workflows reported them to the ledger in a run without faults.
import { rootsOf } from '../../analysis/roots.ts'
import type { RunRecord } from '../../record/record.ts'
import { entriesOf } from '../../record/timeline.ts'
import type { WorkflowRun } from '../../history/workflow-run.ts'

interface End {
  readonly workflowId: string
  readonly keys?: readonly string[] | undefined
}

/** The keys that a workflow, or its children, sent; undefined if nobody can tell whose each effect is. */
export function sentKeys(record: RunRecord, { workflowId, runId }: WorkflowRun): string[] | undefined {
  const roots = rootsOf(record)
  const ids = entriesOf(record.timeline, 'workflow').map((one) => one.workflowId)
  const isNamed = record.effects.every((effect) => effect.runId !== undefined && roots.has(effect.runId))
  const isIts = ({ key, runId: of }: RunRecord['effects'][number]) =>
    isNamed ? roots.get(of ?? '') === runId : ownerOf(key, ids) === workflowId
  const keys = record.effects.filter(isIts).map(({ key }) => key)
  const others = record.effects.filter((effect) => !isIts(effect))
  // By its key alone, an effect that carries no workflow's id may be of any.
  if (!isNamed && !others.every(({ key }) => ownerOf(key, ids) !== undefined)) return undefined
  return [...new Set(keys)].toSorted()
}

/** The workflow whose id is in the key: the longest one, for the id of the first is the beginning of that of the tenth. */
export function ownerOf(key: string, ids: readonly string[]): string | undefined {
  return ids.filter((id) => key.includes(id)).toSorted((a, b) => b.length - a.length)[0]
}

/**
 * The effects that the workflow with this id must have: those of the explored ones, with this id for theirs.
 * Undefined if these had not the same ones.
 */
export function expectedKeys(ends: readonly End[], workflowId: string): string[] | undefined {
  const all = ends.map(({ keys, workflowId: theirs }) =>
    keys?.map((key) => key.replaceAll(theirs, workflowId)),
  )
  const [first, ...others] = all
  const text = JSON.stringify(first)
  return others.length > 0 && others.every((other) => JSON.stringify(other) === text) ? first : undefined
}
