import { expect, test } from 'vitest'
import { projectOf } from '../../config/project/project.ts'
import { workloadOf } from './project-workload.ts'

function declared(order: object) {
  const content = {
    worker: { command: ['w'] },
    workloads: { order: { type: 'Order', taskQueue: 'q', ...order } },
  }
  const found = projectOf('/p/chaos.config.json', content, '').workloads['order']
  if (found === undefined) throw new Error('it was declared')
  return found
}

test('arguments are given as they are, with the id of the workflow', () => {
  const workload = workloadOf(declared({ args: ['{{workflow.id}}', { at: ['{{run.id}}', 3] }] }), null)
  expect(workload.args?.({ workflowId: 'w-1', input: {} })).toEqual(['w-1', { at: ['w-1', 3] }])
})

test('the options of its start are those that are declared, and no others', () => {
  expect(workloadOf(declared({}), null).options).toEqual({})
  const options = { workflowTaskTimeoutMs: 2_000, workflowExecutionTimeoutMs: 90_000, memo: { team: 'a' } }
  expect(workloadOf(declared({ options }), null).options).toEqual({
    workflowTaskTimeout: 2_000,
    workflowExecutionTimeout: 90_000,
    memo: { team: 'a' },
  })
})

test('a declared end comes before the one that was seen', () => {
  const outcomesOf = (order: object) =>
    workloadOf(declared(order), null).golden({ workflowId: 'w-1', input: {} }).outcomes
  expect(outcomesOf({ expect: { result: '{{workflow.id}} paid' } })).toEqual([
    { status: 'completed', result: 'w-1 paid' },
  ])
  expect(outcomesOf({ expect: 'failed' })).toMatchObject([{ status: 'failed', anyValue: true }])
  expect(outcomesOf({})).toEqual([{ status: 'completed', anyValue: true }])
})
