// CPU used between two measurements.
import type { ProcessRow } from './process-row.ts'
import type { ProcessUsage } from './process-usage.ts'

/** CPU used so far at one measurement: processes by pid and start time, other sources by their ids. */
export interface Look {
  readonly atMs: number
  readonly cpuMs: ReadonlyMap<string, number>
}

/** For a source that counts its own CPU: share of one core since the last measurement, 0 if it is new. */
export function cpuPercentSince(id: string, cpuMs: number, before: Look | undefined, atMs: number): number {
  const knownMs = before?.cpuMs.get(id)
  if (before === undefined || knownMs === undefined || atMs <= before.atMs) return 0
  return (Math.max(0, cpuMs - knownMs) / (atMs - before.atMs)) * 100
}

/** For a tree of processes: share of one core since the last measurement, 0 if there was none. */
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
    // A process that started since then counts in full. How much an older, unwatched one used since then is
    // unknown.
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
