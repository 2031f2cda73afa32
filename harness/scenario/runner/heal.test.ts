import { expect, test } from 'vitest'
import type { Fault } from '../../faults/fault.ts'
import { healAll } from './heal.ts'

interface Injected {
  readonly name: string
  readonly healOrder?: number
  /** How often healing it fails. */
  readonly failures?: number
}

/** The heals of faults that were injected in this order. */
async function healed(...faults: Injected[]) {
  const order: string[] = []
  const stuck: unknown[] = []
  const injected = faults.map(({ name, failures = 0, ...rest }): Fault => {
    let left = failures
    return {
      ...rest,
      kind: 'some-fault',
      target: { kind: 'service', name },
      effect: 'dead',
      available: () => null,
      inject: async () => ({}),
      async heal() {
        order.push(name)
        left -= 1
        if (left >= 0) throw new Error(`${name} stays`)
      },
    }
  })
  await healAll(injected, (thrown) => stuck.push(thrown))
  return { order, stuck }
}

const postgres = { name: 'postgres', healOrder: 1 }
const server = { name: 'server', healOrder: 2 }

test('the newest fault is healed first', async () => {
  const { order, stuck } = await healed({ name: 'a' }, { name: 'b' }, { name: 'c' })
  expect(order).toEqual(['c', 'b', 'a'])
  expect(stuck).toEqual([])
})

test('a lower order comes before a higher one and before none, whatever the order of injection', async () => {
  const { order } = await healed(
    { name: 'first postgres', healOrder: 1 },
    server,
    { name: 'worker' },
    { name: 'second postgres', healOrder: 1 },
  )
  expect(order).toEqual(['second postgres', 'first postgres', 'server', 'worker'])
})

test('a heal that fails is tried once more after all others, and reported if it fails again', async () => {
  const once = await healed(server, { ...postgres, failures: 1 })
  expect(once.order).toEqual(['postgres', 'server', 'postgres'])
  expect(once.stuck).toEqual([])
  const twice = await healed({ ...server, failures: 2 }, postgres)
  expect(twice.order).toEqual(['postgres', 'server', 'server'])
  expect(twice.stuck).toEqual([new Error('server stays')])
})
