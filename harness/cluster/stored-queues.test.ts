import { expect, test } from 'vitest'
import { storedQueues } from './stored-queues.ts'

const ours = Buffer.alloc(16, 1)
const row = (namespace: Buffer, name: string, kind = 1) => ({
  id: Buffer.concat([namespace, Buffer.from(name), Buffer.from([kind])]),
})

function databaseWith(
  rows: readonly { id: Buffer }[],
  namespaces: readonly { id: Buffer }[] = [{ id: ours }],
) {
  return { query: async (sql: string) => (sql.includes('FROM namespaces') ? namespaces : rows) }
}

test('the queues of the namespace, each once, without partitions, the server’s own and those of one worker', async () => {
  const database = databaseWith([
    row(ours, 'orders', 1),
    row(ours, 'orders', 2),
    row(ours, '/_sys/orders/3'),
    row(ours, 'a-queue'),
    row(ours, 'temporal-sys-per-ns-tq'),
    row(ours, '28@host-2f6bab8fd4c8445faa8adc1f87b89f5d'),
    row(ours, 'host:3f4d510c-4b77-4270-8960-576821dfed2c'),
    row(Buffer.alloc(16, 2), 'of-another-namespace'),
  ])
  expect(await storedQueues(database, 'default')).toEqual(['a-queue', 'orders'])
})

test('a namespace that is not there has none', async () => {
  expect(await storedQueues(databaseWith([row(ours, 'orders')], []), 'other')).toEqual([])
})
