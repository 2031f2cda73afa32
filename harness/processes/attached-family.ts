// The processes of a program that the harness did not start: the one that was named, and all below it. Nothing marks them, and
// their group may hold what is not theirs, as in a shell's `worker | logger`.
import { ProcessFamily } from './process-family.ts'
import { isAlive, treeOf, type ProcessId, type ProcessRow } from './process-row.ts'
import { processTable } from './process-table.ts'

export class AttachedFamily extends ProcessFamily {
  protected override find(known: readonly ProcessId[]): readonly ProcessRow[] {
    return livingBelow(processTable(), known)
  }
}

/** Those of `known` that live still, and all below them. A pid that somebody else has by now is left alone. */
export function livingBelow(rows: readonly ProcessRow[], known: readonly ProcessId[]): ProcessRow[] {
  const started = new Map(known.map((one) => [one.pid, one.started]))
  const roots = rows.filter((row) => started.get(row.pid) === row.started && isAlive(row))
  return treeOf(
    rows,
    roots.map(({ pid }) => pid),
  ).filter(isAlive)
}
