// Signals all processes of a service and reads the effect from the process table. PostgreSQL's backends each
// have a group of their own, so a signal to a group does not reach them: the tree of parents and children
// does.
import type { Deadline, Waiting } from '../core/deadline.ts'
import { isAlive, treeOf, type ProcessRow } from './process-row.ts'
import { processTable } from './process-table.ts'

const everyMs = 2

/** The living processes at and below `pid`. */
export function livingTree(pid: number): readonly ProcessRow[] {
  return treeOf(processTable(), [pid]).filter(isAlive)
}

/**
 * SIGKILL to every process at and below `pid`. The main process is stopped for the instant of the look at the
 * process table, for otherwise it might fork once more between the look and its death.
 */
export function killTree(pid: number): readonly ProcessRow[] {
  send(pid, 'SIGSTOP')
  const rows = livingTree(pid)
  for (const row of rows) send(row.pid, 'SIGKILL')
  return rows
}

export function signalTree(pid: number, signal: NodeJS.Signals): void {
  for (const row of livingTree(pid)) send(row.pid, signal)
}

/**
 * Signals until every process of the tree shows it: one may be forked while the others are being signalled.
 */
export async function signalTreeUntilShown(
  pid: number,
  signal: 'SIGSTOP' | 'SIGCONT',
  deadline: Deadline,
): Promise<readonly ProcessRow[]> {
  const shows = (row: ProcessRow) => (row.state === 'T') === (signal === 'SIGSTOP')
  const attempt = async () => {
    const rows = livingTree(pid)
    if (rows.length > 0 && rows.every(shows)) return rows
    signalTree(pid, signal)
    return undefined
  }
  return deadline.poll(attempt, {
    ...unproven(`${signal} to show on process ${pid} and those below it`),
    everyMs,
  })
}

/** Resolves when none of these processes is alive. */
export async function gone(rows: readonly ProcessRow[], deadline: Deadline): Promise<void> {
  const started = new Map(rows.map((row) => [row.pid, row.started]))
  const attempt = async () => {
    const left = processTable().filter((row) => isAlive(row) && started.get(row.pid) === row.started)
    return left.length === 0 ? true : undefined
  }
  await deadline.poll(attempt, {
    ...unproven(`processes ${[...started.keys()].join(', ')} to be gone`),
    everyMs,
  })
}

/** How a wait for a proof ends that was not seen in time. */
export function unproven(what: string): Waiting {
  return { what, code: 'CHAOS_FAULT_UNPROVEN', kind: 'unmet' }
}

/** To one process, which may have ended by itself since it was looked at. */
function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ESRCH') throw thrown
  }
}
