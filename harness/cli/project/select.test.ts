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
  expect(selectGeneric(scenarios, [])).toHaveLength(6)
  expect(() => selectGeneric(scenarios, ['order/kill-worker@timer-2'])).toThrow(/there is no scenario/)
})

test('an unknown workload is refused with the nearest one', () => {
  const content = { worker: { command: ['w'] }, workloads: { order: { type: 'A', taskQueue: 'q' } } }
  const project = projectOf('/p/chaos.config.json', content, '')
  expect(workloadsOf(project, ['order/kill-worker'])).toEqual(['order'])
  expect(workloadsOf(project, [])).toEqual(['order'])
  expect(() => workloadsOf(project, ['ordr'])).toThrow(
    expect.objectContaining({ hint: 'Did you mean order?' }),
  )
})

test('the quickest look has each fault, each at another moment than the one before', () => {
  expect(namesOf(quickest(scenarios)).slice(0, 2)).toEqual([
    'order/kill-worker@timer-1',
    'order/restart-server@activity-1',
  ])
  expect(new Set(namesOf(quickest(scenarios))).size).toBe(6)
})
