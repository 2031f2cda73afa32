import { expect, test } from 'vitest'
import { draftOf } from './draft.ts'
import type { Look } from './look.ts'

const nothing: Look = {
  language: 'python',
  filesRead: 0,
  workflows: [],
  messages: [],
  queues: [],
  replay: [],
}

test.each([
  ['OrderWorkflow', 'order'],
  ['order_workflow', 'order'],
  ['oneAtATimeWorkflow', 'one-at-a-time'],
  ['HTTPCall', 'http-call'],
  ['workflow', 'workflow'],
  ['acme.orders/v2', 'acme-orders-v2'],
  ['注文', 'work'],
])('a workload of %s is called %s', (type, name) => {
  expect(draftOf({ ...nothing, workflows: [{ type, parameters: '' }] }).workload).toBe(name)
})

test('an answer of a person counts more than the code, and needs no build', () => {
  const found: Look = {
    ...nothing,
    workflows: [
      { type: 'First', parameters: '' },
      { type: 'Second', parameters: 'id: str' },
    ],
    queues: ['one'],
    build: ['make'],
    worker: ['bin/worker'],
  }
  const answers = { type: 'Second', queue: 'two', command: ['./run'] }
  expect(draftOf(found, answers)).toMatchObject({
    command: ['./run'],
    queue: 'two',
    type: 'Second',
    parameters: 'id: str',
    otherTypes: ['First'],
    todos: ['the arguments of the workflow'],
  })
  expect(draftOf(found, answers).build).toBeUndefined()
  expect(draftOf(found)).toMatchObject({ build: ['make'], type: 'First', todos: [] })
})
