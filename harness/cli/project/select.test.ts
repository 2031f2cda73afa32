import { expect, test } from 'vitest'
import { projectOf } from '../../config/project/project.ts'
import { defineScenario } from '../../scenario/scenario.ts'
import { quickest, selectGeneric, workloadsOf } from './select.ts'

const scenarios = ['kill-worker', 'restart-server']
  .flatMap((fault) => ['start', 'timer-1', 'activity-1'].map((moment) => `order/${fault}@${moment}`))
  .map((name) => defineScenario({ name, promise: 'It works.', run: async () => {} }))

const namesOf = (selected: readonly { name: string }[]) => selected.map(({ name }) => name)

test('a scenario is named wholly, by its fault or by its workload', () => {
  expect(namesOf(selectGeneric(scenarios, ['order/kill-worker@start']))).toEqual(['order/kill-worker@start'])
  expect(selectGeneric(scenarios, ['order/restart-server'])).toHaveLength(3)
  expect(selectGeneric(scenarios, ['order'])).toHaveLength(6)
  expect(namesOf(selectGeneric(scenarios, ['order/kill']))).toEqual(
    namesOf(scenarios).filter((name) => name.startsWith('order/kill-worker')),
  )
  expect(selectGeneric(scenarios, [])).toHaveLength(6)
  expect(() => selectGeneric(scenarios, ['order/kill-worker@timer-2'])).toThrow(/there is no scenario/)
})

test('without a name those that run by name only are left out', () => {
  const byName = defineScenario({ name: 'late', promise: 'It works.', suites: [], run: async () => {} })
  expect(selectGeneric([byName, ...scenarios], [])).toEqual(scenarios)
  expect(selectGeneric([byName, ...scenarios], ['late'])).toEqual([byName])
})

test('the workloads that are seen: those that are named, and all for a scenario of the project’s own', () => {
  const workload = { type: 'A', taskQueue: 'q' }
  const content = { worker: { command: ['w'] }, workloads: { order: workload, refund: workload } }
  const project = projectOf('/p/chaos.config.json', content, '')
  const late = defineScenario({ name: 'late-refund', promise: 'It works.', run: async () => {} })
  const own = [{ scenario: late, file: '/p/late-refund.ts' }]
  expect(workloadsOf(project, own, ['order/kill-worker'])).toEqual(['order'])
  expect(workloadsOf(project, own, [])).toEqual(['order', 'refund'])
  expect(workloadsOf(project, own, ['late-refund', 'order'])).toEqual(['order', 'refund'])
  for (const [name, hint] of [
    ['ordr', 'Did you mean order?'],
    ['late-refnd', 'Did you mean late-refund?'],
    ['xxxxxxxxxxxxxxxxxxx', 'There are: order, refund, late-refund.'],
  ] as const) {
    expect(() => workloadsOf(project, own, [name])).toThrow(expect.objectContaining({ hint }))
  }
})

test('the quickest look has each fault, each at another moment than the one before', () => {
  expect(namesOf(quickest(scenarios)).slice(0, 2)).toEqual([
    'order/kill-worker@timer-1',
    'order/restart-server@activity-1',
  ])
  expect(new Set(namesOf(quickest(scenarios))).size).toBe(6)
})
