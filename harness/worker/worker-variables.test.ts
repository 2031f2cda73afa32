import { expect, test } from 'vitest'
import { readWorkerVariables, workerVariablesSchema, type WorkerEnvironment } from './worker-variables.ts'

const env: WorkerEnvironment = {
  TEMPORAL_ADDRESS: '127.0.0.1:7233',
  TEMPORAL_NAMESPACE: 'default',
  CHAOS_TASK_QUEUE: 'orders,payments',
  CHAOS_POLLS: 'workflow',
  CHAOS_LEDGER_URL: 'http://127.0.0.1:8090',
  CHAOS_INCARNATION: '2',
  CHAOS_IDENTITY: 'worker-1#2',
  CHAOS_WORKFLOW_BUNDLE: '/tmp/bundle.js',
  CHAOS_WORKER_OPTIONS: '{"maxCachedWorkflows":10}',
}

test('a worker reads what its launcher sets', () => {
  expect(readWorkerVariables({ ...env, PATH: '/bin' })).toEqual({
    ...env,
    CHAOS_TASK_QUEUE: ['orders', 'payments'],
    CHAOS_POLLS: ['workflow'],
    CHAOS_INCARNATION: 2,
    CHAOS_WORKER_OPTIONS: { maxCachedWorkflows: 10 },
  })
})

test('a worker polls for all kinds of tasks unless it is told otherwise', () => {
  expect(readWorkerVariables({ ...env, CHAOS_POLLS: undefined }).CHAOS_POLLS).toEqual([
    'workflow',
    'activity',
  ])
  expect(() => readWorkerVariables({ ...env, CHAOS_POLLS: 'nexus' })).toThrow(/nexus|workflow/)
})

test('what is missing is named', () => {
  const { TEMPORAL_ADDRESS: _address, ...rest } = env
  expect(() => readWorkerVariables({ ...rest, CHAOS_INCARNATION: 'first' })).toThrow(
    /TEMPORAL_ADDRESS[^]*CHAOS_INCARNATION|CHAOS_INCARNATION[^]*TEMPORAL_ADDRESS/,
  )
})

test('every variable is documented', () => {
  for (const [name, schema] of Object.entries(workerVariablesSchema.shape))
    expect([name, schema.description]).toEqual([name, expect.stringMatching(/\w{3,}/)])
})
