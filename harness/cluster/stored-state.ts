// Reads what the database has of workflow runs. One statement reads all but the events, so its rows are of
// one instant: a task that is being done leaves one table only after it has come into another.
import { z } from 'zod'
import type { WorkflowRun } from '../history/workflow-run.ts'
import type { StoredRun } from '../record/stored-state.ts'
import type { DatabaseReader } from './database-reader.ts'
import { readBatches } from './stored-batches.ts'
import { knownSchemas, readActivity, readExecution, readTask, readTimer } from './stored-rows.ts'

/** Why its rows cannot be read; null if they can. @throws what PostgreSQL says */
export async function whyUnknownSchema(database: DatabaseReader): Promise<string | null> {
  const sql =
    'SELECT curr_version FROM schema_version WHERE version_partition = 0 AND db_name = current_database()'
  const rows = z.array(z.object({ curr_version: z.string() })).parse(await database.query(sql))
  const version = rows[0]?.curr_version ?? 'of no known version'
  if (knownSchemas.includes(version)) return null
  return `the database's schema ${version} is none that the harness can read: ${knownSchemas.join(', ')}`
}

/** The history service keeps tasks by shard; those that wait for a worker are in matching's queues. */
const shardTables = ['timer_tasks', 'transfer_tasks'] as const
const queueTables = ['tasks', 'tasks_v2'] as const
const taskTables = [...shardTables, ...queueTables]

/** In the blobs of tasks a run's id is text. Type 2 is the history service's dead letter queue. */
const statement = `
WITH run AS MATERIALIZED (
  SELECT id, e.shard_id, e.run_id, convert_to(id, 'UTF8') AS word, e.next_event_id, e.db_record_version, e.data, e.state
  FROM unnest($1::text[]) AS id JOIN executions e ON e.run_id = decode(replace(id, '-', ''), 'hex')
)
SELECT 'execution' AS source, id, next_event_id AS number, db_record_version AS version, '' AS name, data, state FROM run
UNION ALL SELECT 'timer', id, 0, 0, '', t.data, NULL FROM timer_info_maps t JOIN run USING (shard_id, run_id)
UNION ALL SELECT 'activity', id, 0, 0, '', t.data, NULL FROM activity_info_maps t JOIN run USING (shard_id, run_id)
UNION ALL SELECT 'dead letter', id, count(*), 0, m.queue_name, NULL, NULL
  FROM queue_messages m JOIN run ON position(word IN message_payload) > 0 WHERE queue_type = 2 GROUP BY id, queue_name
${shardTables.map((table) => `UNION ALL SELECT '${table}', id, 0, 0, '', t.data, NULL FROM ${table} t JOIN run USING (shard_id) WHERE position(word IN t.data) > 0`).join('\n')}
${queueTables.map((table) => `UNION ALL SELECT '${table}', id, 0, 0, '', t.data, NULL FROM ${table} t JOIN run ON position(word IN t.data) > 0`).join('\n')}`

const blob = z.instanceof(Uint8Array).nullable()
const rowSchema = z.object({
  source: z.enum(['execution', 'timer', 'activity', 'dead letter', ...taskTables]),
  id: z.string(),
  number: z.coerce.number(),
  version: z.coerce.number(),
  name: z.string(),
  data: blob,
  state: blob,
})
type Row = z.infer<typeof rowSchema>

/** In the order of the runs, without those that the database does not know. @throws what PostgreSQL says */
export async function readStoredRuns(
  database: DatabaseReader,
  runs: readonly WorkflowRun[],
): Promise<StoredRun[]> {
  const rows = z.array(rowSchema).parse(await database.query(statement, [runs.map(({ runId }) => runId)]))
  const read = runs.flatMap((run) => {
    const own = rows.filter(({ id }) => id === run.runId)
    return own
      .filter(({ source }) => source === 'execution')
      .map(({ data, state, number, version }) => {
        if (data === null || state === null) throw new Error(`the row of workflow run ${run.runId} is empty`)
        const { branches, ...execution } = readExecution(data, state, number)
        const stored = { ...run, ...execution, recordVersion: version, nextEventId: number, ...workOf(own) }
        return { stored, branches }
      })
  })
  const batches = await readBatches(
    database,
    read.flatMap(({ stored, branches }) => branches.map((one) => ({ runId: stored.runId, ...one }))),
  )
  return read.map(({ stored }) => ({ ...stored, batches: batches.get(stored.runId) ?? [] }))
}

function workOf(rows: readonly Row[]) {
  const blobsOf = (kind: Row['source']) =>
    rows.flatMap(({ source, data }) => (source === kind && data !== null ? [data] : []))
  return {
    timers: blobsOf('timer').map(readTimer),
    activities: blobsOf('activity').map(readActivity),
    tasks: taskTables.flatMap((table) => blobsOf(table).map((data) => readTask(table, data))),
    deadLetters: rows
      .filter(({ source }) => source === 'dead letter')
      .map(({ name, number }) => ({ queue: name, messages: number })),
  }
}
