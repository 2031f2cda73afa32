// CPU between two looks at what is watched.
import type { ProcessRow } from './process-row.ts'
import type { ProcessUsage } from './process-usage.ts'

/** What of CPU each had used when it was looked at: processes by pid and start, others by their ids. */
export interface Look {
  readonly atMs: number
  readonly cpuMs: ReadonlyMap<string, number>
}

/** Of what tells its CPU by itself; of one core, since the look before; 0 where it was not in that. */
export function cpuPercentSince(id: string, cpuMs: number, before: Look | undefined, atMs: number): number {
  const knownMs = before?.cpuMs.get(id)
  if (before === undefined || knownMs === undefined || atMs <= before.atMs) return 0
  return (Math.max(0, cpuMs - knownMs) / (atMs - before.atMs)) * 100
}

/** Of a tree of processes; of one core, since the look before; 0 where there was none. */
export function cpuPercentOf(
  tree: readonly ProcessRow[],
  usages: ReadonlyMap<number, ProcessUsage>,
  before: Look | undefined,
  atMs: number,
): number {
  if (before === undefined || atMs <= before.atMs) return 0
  const passedMs = atMs - before.atMs
  const usedMs = tree.reduce((sum, row) => {
    const usage = usages.get(row.pid)
    if (usage === undefined) return sum
    const known = before.cpuMs.get(idOf(row))
    // All that a new one has used it has used since then; of one that was not watched before, nobody knows.
    const fromMs = known ?? (usage.ageMs <= passedMs ? 0 : usage.cpuMs)
    return sum + Math.max(0, usage.cpuMs - fromMs)
  }, 0)
  return (usedMs / passedMs) * 100
}

export function cpuById(
  rows: readonly ProcessRow[],
  usages: ReadonlyMap<number, ProcessUsage>,
): ReadonlyMap<string, number> {
  return new Map(
    rows.flatMap((row) => {
      const usage = usages.get(row.pid)
      return usage === undefined ? [] : [[idOf(row), usage.cpuMs]]
    }),
  )
}

function idOf({ pid, started }: ProcessRow): string {
  return `${pid} ${started}`
}
