// What was read in the database is about workflows of the run, and agrees with what the service told of them.
import { isClosing } from '../../history/event.ts'
import { observationsOf, type RunRecord } from '../../record/record.ts'
import type { StoredRun } from '../../record/stored-state.ts'
import type { AlignedHistory } from '../aligned-history.ts'
import { backwards } from './timeline.ts'

export function storedRunDamage(record: RunRecord, histories: readonly AlignedHistory[]): string[] {
  const stored = observationsOf(record, 'stored-run')
  return stored.flatMap((run) => {
    const what = `run ${run.runId} of ${run.workflowId}`
    const history = histories.find((one) => one.runId === run.runId && one.workflowId === run.workflowId)
    if (history === undefined) return [`the database was asked for ${what}, which nobody knows`]
    return [...batchDamage(run, what), ...eventDamage(run, history, what)]
  })
}

function batchDamage({ batches, nextEventId }: StoredRun, what: string): string[] {
  const first = batches.map(({ firstEventId }) => firstEventId)
  return [
    ...backwards(first).map((index) => `batch ${index + 1} of ${what} begins before the one before it`),
    ...first
      .filter((eventId) => eventId < 1 || eventId >= nextEventId)
      .map((eventId) => `a batch of ${what} begins with event ${eventId}, which it does not have`),
  ]
}

/** The database was asked later, when a closed history had no more to come. */
function eventDamage(
  { nextEventId, isRunning }: StoredRun,
  { events }: AlignedHistory,
  what: string,
): string[] {
  if (!events.some(isClosing)) return []
  const count = nextEventId - 1
  return [
    ...(isRunning ? [`the database has ${what} as open, and its history is closed`] : []),
    ...(count === events.length
      ? []
      : [`the database has ${count} events of ${what}, and its history ${events.length}`]),
  ]
}
