import { expect, test } from 'vitest'
import type { Fault } from '../faults/fault.ts'
import { heal } from './heal.ts'

type Struck = readonly [name: string, target: string, failures?: number]

/** Heals faults that were struck in this order, each of which cannot be undone so many times. */
async function healed(...faults: Struck[]) {
  const undone: string[] = []
  const stuck: unknown[] = []
  const injected = faults.map(([name, target, failures = 0]): Fault => {
    let left = failures
    return {
      name,
      target,
      available: () => null,
      inject: async () => ({}),
      async undo() {
        undone.push(name)
        left -= 1
        if (left >= 0) throw new Error(`${name} stays`)
      },
    }
  })
  await heal(injected, (thrown) => stuck.push(thrown))
  return { undone, stuck }
}

test('what was struck last is undone first', async () => {
  const { undone, stuck } = await healed(
    ['pause-worker', 'worker-1#1'],
    ['pause-temporal-server', 'temporal-server'],
    ['kill-temporal-server', 'temporal-server'],
  )
  expect(undone).toEqual(['kill-temporal-server', 'pause-temporal-server', 'pause-worker'])
  expect(stuck).toEqual([])
})

test('the database comes before the server that needs it, whichever was struck first', async () => {
  const { undone } = await healed(
    ['disconnect-postgres', 'postgres'],
    ['kill-temporal-server', 'temporal-server'],
    ['kill-postgres', 'postgres'],
    ['pause-temporal-server', 'temporal-server'],
  )
  expect(undone).toEqual([
    'kill-postgres',
    'disconnect-postgres',
    'pause-temporal-server',
    'kill-temporal-server',
  ])
})

test('what cannot be undone is tried once more after all others, and told of where it fails again', async () => {
  const { undone, stuck } = await healed(
    ['disconnect-postgres', 'postgres'],
    ['kill-postgres', 'postgres', 1],
  )
  expect(undone).toEqual(['kill-postgres', 'disconnect-postgres', 'kill-postgres'])
  expect(stuck).toEqual([])
  const again = await healed(['kill-temporal-server', 'temporal-server', 2], ['kill-postgres', 'postgres'])
  expect(again.undone).toEqual(['kill-postgres', 'kill-temporal-server', 'kill-temporal-server'])
  expect(again.stuck).toEqual([new Error('kill-temporal-server stays')])
})
