import { expect, test } from 'vitest'
import { profileNamesOf, profileOf, withProfile } from './profiles.ts'
import { projectOf } from './project.ts'

const order = { type: 'Order', taskQueue: 'orders', options: { memo: { team: 'a' } } }
const content = {
  workers: { orders: { command: ['w'], env: { LOG: 'info', STICKY_MS: '5000' } }, hands: { command: ['h'] } },
  workloads: { order, refund: { type: 'Refund', taskQueue: 'orders' } },
  profiles: {
    quick: {
      env: { STICKY_MS: '1000' },
      workloads: { order: { options: { workflowTaskTimeoutMs: 2_000 } } },
    },
  },
}
const project = projectOf('/p/chaos.config.json', content, '')

test('a profile changes the environment of every worker and how workflows are started, and nothing else', () => {
  const { workers, workloads, ...others } = withProfile(project, 'quick')
  expect(workers['orders']?.start).toMatchObject({ env: { LOG: 'info', STICKY_MS: '1000' } })
  expect(workers['hands']?.start).toMatchObject({ env: { STICKY_MS: '1000' } })
  expect(workloads['order']?.options).toEqual({ memo: { team: 'a' }, workflowTaskTimeoutMs: 2_000 })
  expect(workloads['refund']).toEqual(project.workloads['refund'])
  expect({ ...project, ...others }).toEqual(project)
  expect(withProfile(project, 'as-is')).toEqual(project)
})

test('a worker that runs already cannot get its variables', () => {
  const { workers: _, ...others } = content
  const attached = projectOf('/p/chaos.config.json', { ...others, worker: { attach: { pid: 7 } } }, '')
  expect(() => withProfile(attached, 'quick')).toThrow(
    expect.objectContaining({
      code: 'CHAOS_PROFILE_UNAVAILABLE',
      message:
        'the profile quick sets variables, and the worker worker runs already: nothing gives them to it',
    }),
  )
  expect(withProfile(attached, 'as-is')).toEqual(attached)
})

test('records say what it asks for', () => {
  expect(profileOf(project, 'quick')).toEqual({
    name: 'quick',
    worker: {},
    start: {},
    activity: {},
    asked: { STICKY_MS: '1000', 'order.workflowTaskTimeoutMs': 2_000 },
  })
  expect(profileOf(project, 'as-is')).toEqual({ name: 'as-is', worker: {}, start: {}, activity: {} })
})

test('an unknown one is refused, with the nearest', () => {
  expect(profileNamesOf(project)).toEqual(['as-is', 'quick'])
  const error = (code: string, hint: string): unknown => expect.objectContaining({ code, hint })
  expect(() => profileOf(project, 'quik')).toThrow(error('CHAOS_UNKNOWN_PROFILE', 'Did you mean quick?'))
  expect(() => withProfile(project, 'xyzxyz')).toThrow(
    error('CHAOS_UNKNOWN_PROFILE', 'There are as-is, quick.'),
  )
  const none = projectOf('/p/chaos.config.json', { ...content, profiles: {} }, '')
  expect(() => profileOf(none, 'tuned')).toThrow(
    error('CHAOS_UNKNOWN_PROFILE', 'It declares none: write settings to try into "profiles".'),
  )
})

test.each([
  ['as-is', { 'as-is': {} }, /profiles\.as-is: expected another name than as-is, which sets nothing/],
  [
    'a workload that is not there',
    { quick: { workloads: { ordr: {} } } },
    /profiles\.quick\.workloads: there is no workload ordr\. Did you mean order\?/,
  ],
  [
    'a field that is not there',
    { quick: { environment: {} } },
    /profiles\.quick: there is no field environment\./,
  ],
])('%s is an error of the configuration', (_, profiles, message) => {
  expect(() => projectOf('/p/chaos.config.json', { ...content, profiles }, '')).toThrow(message)
})
