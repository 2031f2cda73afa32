// Ends everything that belongs to a session, at once and for good; used by the session itself, its guard and the sweep.
import { setTimeout as delay } from 'node:timers/promises'
import { isAlive, treeOf, type ProcessId, type ProcessRow, type SessionMark } from './process-row.ts'
import { markedPids, processTable } from './process-table.ts'

const passMs = 50
/** A child between fork and exec still shows its parent's environment, so one empty pass proves nothing. */
const quietPasses = 3
const limitMs = 3_000

/**
 * SIGKILLs the session's processes until several looks in a row find none.
 * @param leaders children known by pid and start time; their groups and all their descendants go with them
 * @returns what is still there after 3 s (in an uninterruptible wait, say): empty when all is well
 */
export async function endProcesses(
  mark: SessionMark,
  leaders: Iterable<ProcessId>,
): Promise<readonly ProcessRow[]> {
  const known = [...leaders]
  const endMs = performance.now() + limitMs
  let quiet = 0
  for (;;) {
    const found = belonging(processTable(), known, markedPids(mark))
    for (const row of found) kill(row.pid)
    quiet = found.length === 0 ? quiet + 1 : 0
    if (quiet === quietPasses || performance.now() > endMs) return found
    await delay(passMs)
  }
}

/** The living rows that are the session's, pure so that it can be tested on tables: by leader, group, tree or mark. */
export function belonging(
  rows: readonly ProcessRow[],
  leaders: readonly ProcessId[],
  marked: ReadonlySet<number>,
): ProcessRow[] {
  const own = new Map(leaders.map((leader) => [leader.pid, leader.started]))
  const live = new Set(rows.filter((row) => own.get(row.pid) === row.started).map((row) => row.pid))
  const roots = rows.filter((row) => live.has(row.pid) || live.has(row.group) || marked.has(row.pid))
  const tree = treeOf(
    rows,
    roots.map((row) => row.pid),
  )
  return tree.filter((row) => isAlive(row) && row.pid !== process.pid)
}

/** One by one rather than by group: a group may hold others once its leader's pid is used again. */
function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (thrown) {
    const code = (thrown as NodeJS.ErrnoException).code
    // Gone in between, or not ours to kill: the next pass looks again and what is left is returned.
    if (code !== 'ESRCH' && code !== 'EPERM') throw thrown
  }
}
