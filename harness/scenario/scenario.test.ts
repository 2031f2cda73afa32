import { expect, test } from 'vitest'
import { checked, type Check } from '../checks/check.ts'
import { UsageError } from '../core/errors.ts'
import { defineScenario, type ScenarioDefinition } from './scenario.ts'

const own: Check = { name: 'own', promise: 'It is so.', judge: () => checked([]) }

function checksOf(...checks: NonNullable<ScenarioDefinition['checks']>): string[] {
  const { checks: known } = defineScenario({ name: 'one', promise: 'It works.', checks, run: async () => {} })
  return known.map(({ name }) => name)
}

test('a scenario requests optional checks by name, and adds its own', () => {
  expect(checksOf()).toEqual([])
  expect(checksOf('no-task-timeouts', own)).toEqual(['no-task-timeouts', 'own'])
})

test('its workers have queues and polls of their own, and it names them by its types', () => {
  const one = defineScenario({
    name: 'one',
    promise: 'It works.',
    workers: { orders: { taskQueues: ['orders'] }, hands: { polls: 'activity' } },
    run: ({ workers }) => workers.orders.kill(),
  })
  expect(one.workers).toEqual({
    orders: { taskQueues: ['orders'], polls: 'both', ownQueues: [] },
    hands: { taskQueues: [], polls: 'activity', ownQueues: [] },
  })
  const define = () =>
    defineScenario({
      name: 'one',
      promise: 'It works.',
      workers: { hands: { polls: 'activity' } },
      run: async () => {},
    })
  expect(define).toThrow(/a worker that polls for workflows/)
})

test.each([
  ['a name that the catalogue does not have', ['effect'], /an optional one: no-task-timeouts/],
  ['a default check, which judges every run', ['effects'], /an optional one: no-task-timeouts/],
  ['the same check twice', [own, own], /each name once, and none of a default check/],
  ['a check that is called like a default one', [{ ...own, name: 'effects' }], /none of a default check/],
  ['a check that is not named in kebab-case', [{ ...own, name: 'My check' }], /a check, or the name of/],
] as const)('wrong usage: %s', (_, checks, message) => {
  expect(() => checksOf(...checks)).toThrow(UsageError)
  expect(() => checksOf(...checks)).toThrow(message)
})
