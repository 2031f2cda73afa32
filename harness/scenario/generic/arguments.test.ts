import { expect, test } from 'vitest'
import { argumentsFor, ArgumentSeeds } from './arguments.ts'

const of = { workflowId: 'order-1', seed: 7 }

test('values have their placeholders replaced, and a function is asked', () => {
  expect(argumentsFor(['{{workflow.id}}', 1], 'the workflow Order', of)).toEqual(['order-1', 1])
  const made = argumentsFor(({ workflowId, seed }) => [{ id: workflowId, seed }], 'the workflow Order', of)
  expect(made).toEqual([{ id: 'order-1', seed: 7 }])
})

test.each([
  [
    'throws',
    () => {
      throw new Error('no stock')
    },
    'its function threw no stock',
  ],
  [
    'returns no list',
    () => 'order-1' as never,
    'its function returned something else than a list of JSON values',
  ],
  [
    'returns what JSON cannot hold',
    () => [() => 1],
    'its function returned something else than a list of JSON values',
  ],
])('a function that %s is an error', (_, make, why) => {
  expect(() => argumentsFor(make, 'the workflow Order', of)).toThrow(
    expect.objectContaining({
      code: 'CHAOS_ARGUMENTS_INVALID',
      message: `the arguments of the workflow Order cannot be made: ${why}`,
    }),
  )
})

test('each start has a seed of its own, and nothing is drawn where no function asks', () => {
  const drawn: string[] = []
  const never = () => {
    throw new Error('not asked')
  }
  const seeds = new ArgumentSeeds({
    oneOf: never,
    roundRobin: never,
    integer(name) {
      drawn.push(name)
      return drawn.length
    },
  })
  const values = { args: [1], messages: [] }
  const functions = { args: [], messages: [{ args: () => [] }] }
  expect(seeds.next('order', values)).toBeUndefined()
  const three = [1, 2, 3].map(() => seeds.next('order', functions))
  expect(three[0]).toBe(1)
  expect(new Set(three).size).toBe(3)
  expect(seeds.next('refund', functions)).toBe(2)
  // One choice for all starts: how many there are may depend on time.
  expect(drawn).toEqual(['arguments of order', 'arguments of refund'])
})
