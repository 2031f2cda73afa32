// All processes that came from one child, wherever they went: into a group or a terminal session of their own, or to
// another parent. What a launch script leaves behind is found by a variable that all of them inherit.
import { randomUUID } from 'node:crypto'
import type { Deadline } from '../core/deadline.ts'
import { belonging } from './end-processes.ts'
import { isAlive, type ProcessId, type ProcessRow } from './process-row.ts'
import { pidsWithVariable, processTable, startOf } from './process-table.ts'
import { unproven } from './process-tree.ts'

const variableName = 'CHAOS_FAMILY'
const everyMs = 5

/** What the process table shows of a family. */
export interface FamilySeen {
  readonly alive: number
  /** Those of the living that are stopped. */
  readonly stopped: number
  readonly pids: readonly number[]
}

export class ProcessFamily {
  /** For the environment of the child. */
  readonly env: Readonly<Record<string, string>>
  readonly #mark: string
  /** Every member that was ever seen: one whose parent died is known by this alone if it dropped its environment. */
  readonly #known = new Map<number, ProcessId>()

  constructor(id: string = randomUUID()) {
    this.#mark = `${variableName}=${id}`
    this.env = { [variableName]: id }
  }

  /** @param pid of the child that has `env` in its environment */
  add(pid: number): void {
    const started = startOf(pid)
    if (started !== undefined) this.#known.set(pid, { pid, started })
  }

  living(): readonly ProcessRow[] {
    const rows = this.find([...this.#known.values()])
    for (const { pid, started } of rows) this.#known.set(pid, { pid, started })
    return rows
  }

  /** @param known members that were seen before */
  protected find(known: readonly ProcessId[]): readonly ProcessRow[] {
    return belonging(processTable(), known, pidsWithVariable(this.#mark))
  }

  look(): FamilySeen {
    const rows = this.living()
    return { alive: rows.length, stopped: rows.filter(isStopped).length, pids: rows.map(({ pid }) => pid) }
  }

  signal(signal: NodeJS.Signals): void {
    for (const { pid } of this.living()) send(pid, signal)
  }

  /** SIGKILL to all. They are stopped first, so that none forks between the look and its death. @returns who was killed */
  kill(): readonly ProcessRow[] {
    let stopped: readonly ProcessRow[] = []
    for (;;) {
      const rows = this.living()
      const known = new Set(stopped.map(({ pid }) => pid))
      if (rows.every(({ pid }) => known.has(pid))) break
      for (const { pid } of rows) send(pid, 'SIGSTOP')
      stopped = rows
    }
    for (const { pid } of stopped) send(pid, 'SIGKILL')
    return stopped
  }

  /** Resolves when none is alive. @throws ChaosError `CHAOS_FAULT_UNPROVEN` */
  async gone(deadline: Deadline): Promise<void> {
    const attempt = async () => (this.living().length === 0 ? true : undefined)
    await deadline.poll(attempt, { ...unproven('all processes of the worker to be gone'), everyMs })
  }

  /** Signals until every member shows it. @throws ChaosError `CHAOS_FAULT_UNPROVEN` */
  async signalUntilShown(signal: 'SIGSTOP' | 'SIGCONT', deadline: Deadline): Promise<FamilySeen> {
    const attempt = async () => {
      const seen = this.look()
      if (seen.alive > 0 && seen.stopped === (signal === 'SIGSTOP' ? seen.alive : 0)) return seen
      this.signal(signal)
      return undefined
    }
    return deadline.poll(attempt, { ...unproven(`${signal} to show on the worker`), everyMs })
  }
}

function isStopped(row: ProcessRow): boolean {
  return isAlive(row) && row.state === 'T'
}

/** It may have ended by itself since it was looked at, or have become another user's, whom we may not signal. */
function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (thrown) {
    const code = (thrown as NodeJS.ErrnoException).code
    if (code !== 'ESRCH' && code !== 'EPERM') throw thrown
  }
}
