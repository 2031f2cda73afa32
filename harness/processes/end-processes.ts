// Kills every process of a session. The session itself, its guard and the sweep use it.
import { untilQuiet } from '../core/until-quiet.ts'
import { isAlive, treeOf, type ProcessId, type ProcessRow, type SessionMark } from './process-row.ts'
import { markedPids, processTable } from './process-table.ts'

const passes = { everyMs: 50, limitMs: 3_000 }

/**
 * Sends SIGKILL to the session's processes until several looks in a row find none.
 * @param leaders children known by pid and start time; their groups and all their descendants go with them
 * @returns the processes that are left after 3 s, for example in an uninterruptible wait; usually none
 */
export async function endProcesses(
  mark: SessionMark,
  leaders: Iterable<ProcessId>,
): Promise<readonly ProcessRow[]> {
  const known = [...leaders]
  // A child between fork and exec still shows its parent's environment, so one empty look proves nothing.
  return untilQuiet(passes, () => {
    const found = belonging(processTable(), known, markedPids(mark))
    for (const row of found) kill(row.pid)
    return found
  })
}

/**
 * The living rows that are the session's, pure so that it can be tested on tables: by leader, group, tree or
 * mark.
 */
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
    // Gone meanwhile, or another user's: the next pass looks again.
    if (code !== 'ESRCH' && code !== 'EPERM') throw thrown
  }
}
