// When workflow code has consumed what an event brought, on the run's clock.
import { consumedBy } from '../history/consumed-by.ts'
import type { HistoryEvent } from '../history/event.ts'
import type { AlignedHistory } from './aligned-history.ts'

export interface Consumption {
  /** When that workflow task was started; null where there is none. */
  readonly startedMs: number | null
  readonly settledMs: number | null
  readonly settledBy: HistoryEvent | undefined
}

export const notConsumed: Consumption = { startedMs: null, settledMs: null, settledBy: undefined }

export function consumptionOf(event: HistoryEvent, { events, at }: AlignedHistory): Consumption {
  const task = consumedBy(event, events)
  return task === undefined
    ? notConsumed
    : { startedMs: at(task.started), settledMs: at(task.completed), settledBy: task.completed }
}
