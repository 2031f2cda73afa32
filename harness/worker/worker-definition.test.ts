import { describe, expect, test } from 'vitest'
import {
  hasOwnQueues,
  polledQueues,
  takeEverything,
  workerDefinitionsSchema,
  workflowQueue,
} from './worker-definition.ts'

const both = ['workflow', 'activity']

test('a scenario that says nothing has one worker on the queue of the run', () => {
  const workers = workerDefinitionsSchema.parse(undefined)
  expect(Object.keys(workers)).toEqual(['worker-1'])
  expect(Object.values(workers).map((worker) => polledQueues('demo-3', worker))).toEqual([
    [{ name: 'demo-3', polls: both }],
  ])
  expect(workflowQueue('demo-3', workers)).toBe('demo-3')
})

describe('workers with queues of their own', () => {
  const workers = workerDefinitionsSchema.parse({
    hands: { taskQueues: ['orders'], polls: 'activity' },
    orders: { taskQueues: ['orders', 'refunds'], polls: 'workflow' },
    payments: { taskQueues: ['payments'] },
  })

  test('poll them under the name of the run', () => {
    expect(Object.values(workers).map((worker) => polledQueues('shop-1', worker))).toEqual([
      [{ name: 'shop-1-orders', polls: ['activity'] }],
      [
        { name: 'shop-1-orders', polls: ['workflow'] },
        { name: 'shop-1-refunds', polls: ['workflow'] },
      ],
      [{ name: 'shop-1-payments', polls: both }],
    ])
  })

  test('take work from the queue that is asked for, else from the first with workflows', () => {
    expect(workflowQueue('shop-1', workers)).toBe('shop-1-orders')
    expect(workflowQueue('shop-1', workers, 'payments')).toBe('shop-1-payments')
  })

  test('a queue that nobody polls for workflows is refused, with those that somebody does', () => {
    expect(() => workflowQueue('shop-1', workers, 'parcels')).toThrow(
      expect.objectContaining({
        code: 'CHAOS_TASK_QUEUE_UNKNOWN',
        message: 'no worker of the scenario polls the task queue "parcels" for workflows',
        hint: 'Queues that one polls: orders, refunds, payments.',
      }),
    )
  })
})

test.each([
  ['a worker for everything', { all: {} }, true],
  ['a worker for workflows alone', { brain: { polls: 'workflow' } }, false],
  ['a worker for each kind', { brain: { polls: 'workflow' }, hands: { polls: 'activity' } }, true],
  [
    'a worker for each kind on another queue',
    { brain: { polls: 'workflow' }, hands: { polls: 'activity', taskQueues: ['hands'] } },
    false,
  ],
])('whether %s takes everything from the first queue', (_what, workers, expected) => {
  const parsed = workerDefinitionsSchema.parse(workers)
  expect(takeEverything('demo-1', parsed)).toBe(expected)
})

test.each([
  ['no worker that polls for workflows', { hands: { polls: 'activity' } }],
  ['no worker at all', {}],
  ['a queue twice', { orders: { taskQueues: ['orders', 'orders'] } }],
  ['a name that no file can have', { '../orders': {} }],
  ['a name with a comma', { orders: { taskQueues: ['a,b'] } }],
  ['a field that nobody knows', { orders: { taskQueue: 'orders' } }],
])('%s is refused', (_what, workers) => {
  expect(workerDefinitionsSchema.safeParse(workers).success).toBe(false)
})

describe('a worker with queues of its own code', () => {
  const workers = workerDefinitionsSchema.parse({
    orders: { ownQueues: [{ name: 'order/queue', polls: [] }] },
    hands: { ownQueues: [{ name: 'hands', polls: ['activity'] }] },
  })

  test('polls them by their full names, whatever the run is called', () => {
    expect(Object.values(workers).map((worker) => polledQueues('shop-1', worker))).toEqual([
      [{ name: 'order/queue', polls: [] }],
      [{ name: 'hands', polls: ['activity'] }],
    ])
    expect(hasOwnQueues(workers)).toBe(true)
    expect(hasOwnQueues(workerDefinitionsSchema.parse(undefined))).toBe(false)
  })

  test('takes workflows there unless it is known not to', () => {
    expect(workflowQueue('shop-1', workers)).toBe('order/queue')
    expect(workflowQueue('shop-1', workers, 'order/queue')).toBe('order/queue')
    expect(() => workflowQueue('shop-1', workers, 'hands')).toThrow(
      /no worker .* polls the task queue "hands"/,
    )
  })
})
