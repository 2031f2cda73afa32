// CPU and memory of single processes, as the kernel counts them, and of trees of processes.
import { readFileSync } from 'node:fs'
import pidusage from 'pidusage'
import { messageOf } from '../core/errors.ts'
import { isAlive, treeOf, type ProcessRow } from './process-row.ts'

export interface ProcessUsage {
  /** CPU time since its start. */
  readonly cpuMs: number
  /** Since its start. */
  readonly ageMs: number
  /** Memory of this process alone. */
  readonly ownBytes: number
  /** Memory that other processes may share: files and shared memory. */
  readonly sharedBytes: number
}

/** The usage of each of these that still runs. */
export type Measure = (pids: readonly number[]) => Promise<ReadonlyMap<number, ProcessUsage>>

/**
 * The living processes at and below each of `roots`. A process belongs only to the nearest root above it, so
 * processes that are watched separately do not count to the harness. A process in `apart` belongs to no root
 * above it.
 */
export function treesOf(
  rows: readonly ProcessRow[],
  roots: ReadonlySet<number>,
  apart: ReadonlySet<number> = new Set(),
): ReadonlyMap<number, readonly ProcessRow[]> {
  const isCut = ({ pid }: ProcessRow) => roots.has(pid) || apart.has(pid)
  const cut = rows.filter(isAlive).map((row) => (isCut(row) ? { ...row, parent: 0 } : row))
  return new Map([...roots].map((root) => [root, treeOf(cut, [root])]))
}

/**
 * The memory of a tree: the own memory of each process, plus the largest shared part of any of them once.
 * Resident sizes would count PostgreSQL's shared memory with every one of its backends: 490 MB instead of
 * 100. Proportional sizes (`Pss`) would be a little more exact, and cost twenty times as much to read.
 */
export function memoryOf(usages: readonly ProcessUsage[]): number {
  const own = usages.reduce((sum, { ownBytes }) => sum + ownBytes, 0)
  return own + Math.max(0, ...usages.map(({ sharedBytes }) => sharedBytes))
}

/** By pidusage. Without /proc, all resident memory of a process counts as its own. */
export const measureProcesses: Measure = async (pids) => {
  const figures = await figuresOf(pids)
  return new Map(
    Object.values(figures).flatMap((figure) => {
      // Null if the process has ended meanwhile, whatever the types say.
      if (!figure) return []
      const { pid, ctime, elapsed, memory } = figure
      const sharedBytes = process.platform === 'linux' ? sharedBytesOf(pid) : 0
      // Its figures are of before: without its part, all that was resident would count as its own.
      if (sharedBytes === undefined) return []
      const ownBytes = Math.max(0, memory - sharedBytes)
      return [[pid, { cpuMs: ctime, ageMs: elapsed, ownBytes, sharedBytes }]]
    }),
  )
}

type Figures = Readonly<Record<string, pidusage.Status | null>>

async function figuresOf(pids: readonly number[]): Promise<Figures> {
  if (pids.length === 0) return {}
  try {
    return await pidusage([...pids])
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException
    const haveEnded = code === 'ENOENT' || code === 'ESRCH' || messageOf(thrown).includes('No matching pid')
    if (haveEnded) return {}
    throw thrown
  }
}

/** Undefined if the process has ended meanwhile. */
function sharedBytesOf(pid: number): number | undefined {
  try {
    return parseShared(readFileSync(`/proc/${pid}/status`, 'latin1'))
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ESRCH') return undefined
    throw thrown
  }
}

/**
 * From the lines `RssFile:  1234 kB` and `RssShmem: ...` of /proc/<pid>/status. Undefined without them: a
 * process that ends gives its memory back before it disappears, and kernel threads never have any.
 */
export function parseShared(status: string): number | undefined {
  const lines = [...status.matchAll(/^Rss(?:File|Shmem):\s+(\d+) kB/gm)]
  if (lines.length === 0) return undefined
  return lines.reduce((sum, [, kilobytes]) => sum + Number(kilobytes), 0) * 1024
}
