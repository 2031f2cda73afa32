// How long the threads of some processes used a core, and how long they were ready to run and waited for one.
import { readFileSync, readdirSync } from 'node:fs'
import type { CoreTimes } from '../../record/machine.ts'
import type { ProcessRow } from '../process-row.ts'

/** The times of each thread of a process since its start, by thread id; empty if it has ended or hides them. */
export type ReadThreads = (pid: number) => ReadonlyMap<number, CoreTimes>

/** By the kernel's exact figures, which need neither a sampler nor a setting: CONFIG_SCHED_INFO. */
export const readThreads: ReadThreads = (pid) => {
  const folder = `/proc/${pid}/task`
  const threads = ifPresent(() => readdirSync(folder)) ?? []
  return new Map(
    threads.flatMap((thread) => {
      const text = ifPresent(() => readFileSync(`${folder}/${thread}/schedstat`, 'latin1'))
      return text === undefined ? [] : [[Number(thread), parseSchedstat(text)] as const]
    }),
  )
}

/** `<on a core> <waiting for one> <slices>`, times in ns (Documentation/scheduler/sched-stats.rst). */
export function parseSchedstat(text: string): CoreTimes {
  const [used = 0, waited = 0] = text.split(' ').map(Number)
  return { usedMs: used / 1e6, waitedMs: waited / 1e6 }
}

/** Reads each process once, however often it is asked for. */
export function readOnce(read: ReadThreads): ReadThreads {
  const seen = new Map<number, ReturnType<ReadThreads>>()
  return (pid) => {
    const threads = seen.get(pid) ?? read(pid)
    seen.set(pid, threads)
    return threads
  }
}

/**
 * Sums the times of processes that come and go. A thread that is new counts in full, but for those of the first
 * look: what they did before is no part of it. What a thread did after the last look before its end is missed.
 */
export class CoreTimesSum {
  #known: ReadonlyMap<string, CoreTimes> | undefined
  #sum: CoreTimes = { usedMs: 0, waitedMs: 0 }

  /** @returns the times since the first look */
  look(rows: readonly ProcessRow[], read: ReadThreads): CoreTimes {
    const known = this.#known
    const seen = new Map<string, CoreTimes>()
    let { usedMs, waitedMs } = this.#sum
    for (const { pid, started } of rows) {
      for (const [thread, times] of read(pid)) {
        const id = `${pid} ${started} ${thread}`
        seen.set(id, times)
        if (known === undefined) continue
        const before = known.get(id)
        usedMs += times.usedMs - (before?.usedMs ?? 0)
        waitedMs += times.waitedMs - (before?.waitedMs ?? 0)
      }
    }
    this.#known = seen
    this.#sum = { usedMs, waitedMs }
    return this.#sum
  }
}

/** Undefined if the process or thread has ended, or belongs to a user whose processes are hidden. */
function ifPresent<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES' || code === 'EPERM') return undefined
    throw thrown
  }
}
