// What a worker of one's own did in its own tables, with several of its workflows at once, and activities of any length.
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rowsSchema } from '../harness/config/project/rows-schema.ts'
import { tableReaders } from '../harness/effects/rows/table-reader.ts'
import { readRecord } from '../harness/record/reader.ts'
import { entriesOf } from '../harness/record/timeline.ts'
import { chaosWith, latestTiming } from './support/chaos.ts'
import { startForeign } from './support/foreign.ts'
import { openPlace, type Place } from './support/place.ts'

const workerProgram = fileURLToPath(new URL('fixtures/booking/worker.ts', import.meta.url))

const owned = new AsyncDisposableStack()
let place: Place
beforeAll(async () => {
  place = owned.use(await openPlace())
})
afterAll(() => owned.disposeAsync())

const payments = { file: 'shop.db', query: 'SELECT order_id, cents FROM payments', key: 'order_id' }

interface Given {
  readonly env?: Readonly<Record<string, string>>
  readonly together?: number
  readonly rows?: object
}

async function killedInActivity(name: string, { env = {}, together = 1, rows = payments }: Given) {
  const folder = path.join(place.tmp, name)
  await mkdir(folder, { recursive: true })
  const config = {
    worker: { command: [process.execPath, workerProgram], env },
    workloads: { order: { type: 'Order', taskQueue: 'orders', args: ['{{workflow.id}}'], together } },
    rows: { payments: rows },
    budgetMs: 20_000,
  }
  await writeFile(path.join(folder, 'chaos.config.json'), JSON.stringify(config))
  const reports = path.join(folder, 'reports')
  const at = { tmp: place.tmp, reports, cwd: folder }
  const scenario = 'order/kill-worker@activity-1'
  const { exitCode, all } = await chaosWith(at, { CHAOS_BACKEND: undefined }, 'run', scenario)
  const runOf = async () => {
    const [run] = (await latestTiming(reports)).scenarios.flatMap(({ runs }) => runs)
    const record = await readRecord(path.join(reports, 'latest', 'runs', scenario, '1'))
    return { run, record }
  }
  return { exitCode, all, runOf }
}

test('a plain INSERT in an activity that is killed stands in two rows; of three workflows at once', async () => {
  const { exitCode, all, runOf } = await killedInActivity('plain', { together: 3 })
  const { run, record } = await runOf()
  expect(all).toMatch(/fail: payments: \S+-Order-\d stands in 2 rows/)
  expect(exitCode).toBe(1)
  expect(run?.checks.find(({ check }) => check === 'rows')?.status).toBe('broken')
  expect(
    entriesOf(record.timeline, 'workflow').map(({ golden }) => golden?.rows?.['payments']?.length),
  ).toEqual([1, 1, 1])
}, 200_000)

test('a key in the table makes it green; an activity that is over too soon is tried with another workflow', async () => {
  const env = { BOOKING_KEY: 'yes', BOOKING_BRIEF: '2' }
  const { exitCode, all, runOf } = await killedInActivity('keyed', { env })
  const { run, record } = await runOf()
  // The server may just show an activity that is over a millisecond later.
  const isLate = /kill-worker struck too late/.test(run?.reason ?? '')
  expect([exitCode, all]).toEqual([
    isLate ? 3 : 0,
    expect.stringContaining(isLate ? '0 passed, 1 failed' : '1 passed'),
  ])
  expect(run?.checks.find(({ check }) => check === 'rows')?.status).toBe('kept')
  const { length: passed } = entriesOf(record.timeline, 'moment-passed')
  expect(entriesOf(record.timeline, 'workflow')).toHaveLength(passed + 1)
}, 200_000)

test('a query that would write, and one of a table that nobody makes', async () => {
  const writing = await killedInActivity('writing', { rows: { ...payments, query: 'DELETE FROM payments' } })
  // The worker has made the file by then, or the first look of exploration finds none.
  expect(writing.all).toMatch(/the query of rows\.payments failed: attempt to write a readonly database/)
  expect(writing.all).toContain('[CHAOS_ROWS_UNREADABLE]')
  const missing = await killedInActivity('missing', {
    rows: { ...payments, query: 'SELECT order_id FROM orders' },
  })
  expect([missing.exitCode, missing.all]).toEqual([
    2,
    expect.stringContaining('the query of rows.payments finds no table, although all workflows have ended'),
  ])
}, 200_000)

test('PostgreSQL: rows, what is refused, and what is not there', async () => {
  await using foreign = await startForeign()
  const url = `postgres://foreign@127.0.0.1:${foreign.port}/postgres`
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query('CREATE TABLE payments (order_id text, cents bigint, at timestamptz)')
  await client.query("INSERT INTO payments VALUES ('w-1', 9007199254740993, '2026-01-02T03:04:05Z')")
  const read = (query: string) => {
    const declared = { payments: rowsSchema.parse({ urlVariable: 'SHOP_URL', query, key: 'order_id' }) }
    const [reader] = tableReaders(declared, place.tmp, { SHOP_URL: url })
    return reader?.read(new AbortController().signal)
  }
  const values = { order_id: 'w-1', cents: '9007199254740993', at: '2026-01-02T03:04:05.000Z' }
  expect(await read('SELECT * FROM payments')).toEqual([{ key: 'w-1', values }])
  expect(await read('SELECT * FROM orders')).toBeNull()
  await client.query(
    'CREATE FUNCTION forget() RETURNS text LANGUAGE sql AS $$ DELETE FROM payments RETURNING order_id $$',
  )
  for (const [query, message] of [
    ['DELETE FROM payments', /syntax error at or near "DELETE"/],
    ['SELECT order_id FROM payments; DELETE FROM payments', /multiple commands/],
    ['SELECT forget() AS order_id', /cannot execute DELETE in a read-only transaction/],
    ["SELECT 'w' AS order_id, pg_sleep(60)", /statement timeout|query.*timeout/i],
  ] as const) {
    await expect(read(query)).rejects.toMatchObject({
      code: 'CHAOS_ROWS_UNREADABLE',
      message: expect.stringMatching(message),
      hint: expect.stringContaining(query),
    })
  }
  expect((await client.query('SELECT * FROM payments')).rowCount).toBe(1)
  await client.end()
}, 60_000)
