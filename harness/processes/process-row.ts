// One process as seen from outside, and pure functions over many of them.
// Pids are used again, so only a pid with its start time identifies a process.

export interface ProcessId {
  readonly pid: number
  /** Start time, as text that can only be compared with another one. */
  readonly started: string
}

export interface ProcessRow extends ProcessId {
  readonly parent: number
  readonly group: number
  /** One letter as the kernel and `ps` give it: R, S, D, T (stopped), Z (zombie) ... */
  readonly state: string
}

/** Marks all processes of a session: a variable in their environment, or a program from its folder. */
export interface SessionMark {
  readonly id: string
  readonly folder: string
}

/** Name of the environment variable that marks a session's processes. */
export const markVariable = 'CHAOS_SESSION'

/** A zombie is dead: only its parent has not looked yet. */
export function isAlive(row: ProcessRow): boolean {
  return row.state !== 'Z' && row.state !== 'X'
}

/** The rows with these pids and everything below them, whatever group or terminal session they moved to. */
export function treeOf(rows: readonly ProcessRow[], roots: Iterable<number>): ProcessRow[] {
  const children = Map.groupBy(rows, (row) => row.parent)
  const pids = new Set<number>()
  const left = [...roots]
  for (let pid = left.pop(); pid !== undefined; pid = left.pop()) {
    if (pids.has(pid)) continue
    pids.add(pid)
    for (const child of children.get(pid) ?? []) left.push(child.pid)
  }
  return rows.filter((row) => pids.has(row.pid))
}
