// What the database holds of the run's workflows. Only the database tells of a lost task: the service answers
// as if the workflow just waited.
import { setTimeout as delay } from 'node:timers/promises'
import { readStoredRuns, whyUnknownSchema } from '../cluster/stored-state.ts'
import type { DatabaseReader } from '../cluster/database-reader.ts'
import { Deadline } from '../core/deadline.ts'
import { messageOf } from '../core/errors.ts'
import type { StoredRun } from '../record/stored-state.ts'
import type { Observation, ObservationContext } from './observation.ts'

const withinMs = 5_000
/** Between the two looks at a workflow that has pending work, so that one that still moves is told apart. */
const pauseMs = 500
const kind = 'stored-state'

export const storedState: Observation = {
  kind,
  available: ({ database }) => (database === null ? 'the harness has no access to the database' : null),
  async observe(context) {
    const { database, recorder, signal } = context
    if (database === null) return
    const unavailable = (why: string) => recorder.observe({ kind: 'unavailable', observation: kind, why })
    try {
      const what = { what: 'the rows of the run', code: 'CHAOS_DATABASE_SILENT' } as const
      const seen = await Deadline.after(withinMs, signal).race(look(database, context), what)
      if (typeof seen === 'string') unavailable(seen)
      else for (const run of seen) recorder.observe({ kind: 'stored-run', ...run })
    } catch (thrown) {
      signal.throwIfAborted()
      // A database that does not answer in time says nothing about the run: whoever needs it finds that out.
      unavailable(`the database did not answer: ${messageOf(thrown)}`)
    }
  },
}

/** @returns each look at each workflow run, or why there was nothing to see */
async function look(
  database: DatabaseReader,
  { histories, signal }: ObservationContext,
): Promise<readonly StoredRun[] | string> {
  const unknown = await whyUnknownSchema(database)
  if (unknown !== null) return unknown
  const runs = histories.map(({ run }) => run)
  const first = await readStoredRuns(database, runs)
  if (first.length === 0) return "the database has none of the run's workflows"
  const waiting = new Set(first.filter(isWaiting).map(({ runId }) => runId))
  if (waiting.size === 0) return first
  await delay(pauseMs, undefined, { signal })
  const again = runs.filter(({ runId }) => waiting.has(runId))
  return [...first, ...(await readStoredRuns(database, again))]
}

function isWaiting({ isRunning, timers, activities }: StoredRun): boolean {
  return isRunning && timers.length + activities.length > 0
}
