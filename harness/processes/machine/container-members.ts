// Which processes of this machine's table belong to a container. None does if its engine runs on another machine, or
// in a virtual one.
import { readFileSync } from 'node:fs'
import type { ProcessRow } from '../process-row.ts'

/** The control groups of a process, whose path holds its container's id with every engine; empty if it has ended. */
export type ReadGroups = (pid: number) => string

export const readGroups: ReadGroups = (pid) => {
  try {
    return readFileSync(`/proc/${pid}/cgroup`, 'latin1')
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES' || code === 'EPERM') return ''
    throw thrown
  }
}

/** Reads each process only once: an engine puts a process into its group before the process does anything. */
export class ContainerMembers {
  readonly #read: ReadGroups
  #known = new Map<string, string>()

  constructor(read: ReadGroups = readGroups) {
    this.#read = read
  }

  /** @param ids of containers, in full */
  of(ids: readonly string[], rows: readonly ProcessRow[]): readonly ProcessRow[] {
    if (ids.length === 0) return []
    const groups = new Map(
      rows.map(({ pid, started }) => {
        const id = `${pid} ${started}`
        return [id, this.#known.get(id) ?? this.#read(pid)]
      }),
    )
    this.#known = groups
    return rows.filter(({ pid, started }) => {
      const text = groups.get(`${pid} ${started}`) ?? ''
      return ids.some((id) => text.includes(id))
    })
  }
}
