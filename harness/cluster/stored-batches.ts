// Reads the batches of events that the database has of workflow runs. The server only adds batches, so they
// may be read after the number of a run's events.
import { z } from 'zod'
import type { StoredRun } from '../record/stored-state.ts'
import type { DatabaseReader } from './database-reader.ts'
import { readLastEvent, type BranchRange } from './stored-rows.ts'

export interface RunBranch extends BranchRange {
  readonly runId: string
}

/** `txn_id` is stored negated. Only the last batches are read: any other ends before the next one. */
const statement = `
SELECT r.id, n.node_id, (-n.txn_id)::text AS transaction, n.prev_txn_id::text AS previous, n.data_encoding,
  CASE WHEN n.node_id = max(n.node_id) OVER (PARTITION BY r.id) THEN n.data END AS data
FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[]) AS r(id, tree, branch, first, past)
JOIN executions e ON e.run_id = decode(replace(r.id, '-', ''), 'hex')
JOIN history_node n ON n.shard_id = e.shard_id
  AND n.tree_id = decode(replace(r.tree, '-', ''), 'hex') AND n.branch_id = decode(replace(r.branch, '-', ''), 'hex')
  AND n.node_id >= r.first AND n.node_id < r.past
ORDER BY n.node_id, n.txn_id DESC`

const rowsSchema = z.array(
  z.object({
    id: z.string(),
    node_id: z.coerce.number(),
    transaction: z.string(),
    previous: z.string(),
    data_encoding: z.string(),
    data: z.instanceof(Uint8Array).nullable(),
  }),
)

/** By run, in the order in which they were written. @throws what PostgreSQL says */
export async function readBatches(
  database: DatabaseReader,
  branches: readonly RunBranch[],
): Promise<ReadonlyMap<string, StoredRun['batches']>> {
  if (branches.length === 0) return new Map()
  const columns = [
    branches.map(({ runId }) => runId),
    branches.map(({ tree }) => tree),
    branches.map(({ branch }) => branch),
    branches.map(({ first }) => first),
    branches.map(({ past }) => past),
  ]
  const rows = rowsSchema.parse(await database.query(statement, columns))
  const byRun = Map.groupBy(rows, ({ id }) => id)
  return new Map(
    [...byRun].map(([runId, own]) => [
      runId,
      own.map(({ node_id, transaction, previous, data, data_encoding }) => ({
        firstEventId: node_id,
        lastEventId: data === null ? null : readLastEvent(data, data_encoding),
        transaction,
        previous,
      })),
    ]),
  )
}
