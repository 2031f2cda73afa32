import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test as base } from 'vitest'
import { ownFolder } from '../../../test/support/own-folder.ts'
import { rowsSchema } from '../../config/project/rows-schema.ts'
import { tableReaders } from './table-reader.ts'

const test = base.extend<{ folder: string }>({ folder: ownFolder })

const never = new AbortController().signal

function shop(folder: string): DatabaseSync {
  const database = new DatabaseSync(path.join(folder, 'shop.db'))
  database.exec('CREATE TABLE bookings (order_id TEXT, kind TEXT, cents INTEGER, at BLOB)')
  database.exec(
    `INSERT INTO bookings VALUES ('w-1', 'payment', 4200, x'01ff'), ('w-1', 'shipment', ${2n ** 60n}, NULL)`,
  )
  return database
}

function reading(folder: string, given: object, env: NodeJS.ProcessEnv = {}) {
  const [reader] = tableReaders({ bookings: rowsSchema.parse(given) }, folder, env)
  if (reader === undefined) throw new Error('there is no reader')
  return reader.read(never)
}

const all = { file: 'shop.db', query: 'SELECT * FROM bookings', key: ['order_id', 'kind'] }

test('rows of SQLite have their key and their values as JSON', async ({ folder }) => {
  shop(folder)
  expect(await reading(folder, all)).toEqual([
    { key: '["w-1","payment"]', values: { order_id: 'w-1', kind: 'payment', cents: 4200, at: 'Af8=' } },
    {
      key: '["w-1","shipment"]',
      values: { order_id: 'w-1', kind: 'shipment', cents: '1152921504606846976', at: null },
    },
  ])
  expect(await reading(folder, { ...all, key: 'kind' })).toMatchObject([
    { key: 'payment' },
    { key: 'shipment' },
  ])
})

test('what a worker has yet to create has no rows', async ({ folder }) => {
  shop(folder)
  expect(await reading(folder, { ...all, file: 'other.db' })).toBeNull()
  expect(await reading(folder, { ...all, query: 'SELECT * FROM payments' })).toBeNull()
})

test.for<[object, RegExp]>([
  [
    { query: "INSERT INTO bookings VALUES ('w-2', 'payment', 1, NULL)" },
    /attempt to write a readonly database/,
  ],
  [{ query: 'DELETE FROM bookings' }, /attempt to write a readonly database/],
  [{ query: 'SELECT order_id FROM bookings' }, /the key column kind is not among its columns: order_id/],
  [{ key: 'at' }, /the key column at is null in a row/],
  [{ query: 'SELEC' }, /syntax error/],
  [
    {
      query:
        'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10001) SELECT i AS order_id, i AS kind FROM n',
    },
    /more than 10000 rows/,
  ],
])('a query that cannot be used is named: %o', async ([change, message], { folder }) => {
  const database = shop(folder)
  const given: typeof all = { ...all, ...change }
  await expect(reading(folder, given)).rejects.toMatchObject({
    code: 'CHAOS_ROWS_UNREADABLE',
    message: expect.stringMatching(message),
    hint: expect.stringContaining(given.query),
  })
  expect(database.prepare('SELECT count(*) AS n FROM bookings').get()).toEqual({ n: 2 })
})

test('a file that is no database, and a database that is away', async ({ folder }) => {
  shop(folder)
  writeFileSync(path.join(folder, 'text.db'), 'these are words and no database at all. '.repeat(100))
  await expect(reading(folder, { ...all, file: 'text.db' })).rejects.toThrow(/file is not a database/)
  const away = { urlVariable: 'SHOP_URL', query: all.query, key: all.key }
  await expect(reading(folder, away)).rejects.toThrow(/the variable SHOP_URL is not set/)
  const env = { SHOP_URL: 'postgres://shop:secret@127.0.0.1:1/shop' }
  await expect(reading(folder, away, env)).rejects.toMatchObject({
    code: 'CHAOS_ROWS_UNREADABLE',
    message: expect.stringMatching(/^the query of rows.bookings failed: .*ECONNREFUSED/),
  })
})
