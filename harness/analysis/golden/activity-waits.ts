// How long activities waited for a worker in a run without faults: the golden run of a record tells it by type.
import { observationsOf, type RunRecord } from '../../record/record.ts'
import { executionsOf } from '../activity-executions.ts'
import { alignedHistories } from '../aligned-history.ts'

/** The longest wait in milliseconds, by the activity's type; empty without a golden run that tells it. */
export type GoldenWaits = ReadonlyMap<string, number>

export function goldenWaitsOf(record: RunRecord): GoldenWaits {
  return new Map(Object.entries(observationsOf(record, 'golden')[0]?.state.activityWaitsMs ?? {}))
}

/** From being asked for until a worker took it. Of an attempt after the first, history does not tell that. */
export function activityWaits(record: RunRecord): Record<string, number> {
  const first = executionsOf(alignedHistories(record)).filter(({ attempt }) => attempt === 1)
  const byType = Map.groupBy(first, ({ type }) => type)
  return Object.fromEntries(
    [...byType].map(([type, all]) => [
      type,
      Math.max(...all.map(({ scheduledMs, fromMs }) => fromMs - scheduledMs)),
    ]),
  )
}
