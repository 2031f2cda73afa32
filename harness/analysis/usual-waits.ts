// How long activities of each type wait for a worker without a fault, by the golden run or the scenario.
import { observationsOf, type RunRecord } from '../record/record.ts'
import { executionsOf } from './activity-executions.ts'
import type { AlignedHistory } from './aligned-history.ts'

/** The longest wait in milliseconds, by the activity's type; empty if nobody tells. */
export type UsualWaits = ReadonlyMap<string, number>

export function usualWaitsOf(record: RunRecord): UsualWaits {
  const golden = observationsOf(record, 'golden')[0]?.state.activityWaitsMs ?? {}
  const told = record.header.activityWaitsMs ?? {}
  return new Map(
    [...Object.keys(golden), ...Object.keys(told)].map((type) => [
      type,
      Math.max(golden[type] ?? 0, told[type] ?? 0),
    ]),
  )
}

/** From being asked for until a worker took it. Of an attempt after the first, history does not tell that. */
export function activityWaits(histories: readonly AlignedHistory[]): Record<string, number> {
  const first = executionsOf(histories).filter(({ attempt }) => attempt === 1)
  const byType = Map.groupBy(first, ({ type }) => type)
  return Object.fromEntries(
    [...byType].map(([type, all]) => [
      type,
      Math.max(...all.map(({ scheduledMs, fromMs }) => fromMs - scheduledMs)),
    ]),
  )
}
