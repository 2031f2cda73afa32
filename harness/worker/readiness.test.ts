import { expect, test } from 'vitest'
import { ChaosError } from '../core/errors.ts'
import { withPolled } from './readiness.ts'

const queues = [{ name: 'orders', polls: [] }] as const
const here = { address: '127.0.0.1:19458', isAttached: false }
const error = new ChaosError('waited 8 s for worker w#1 to poll orders', {
  code: 'CHAOS_WORKER_NOT_READY',
  kind: 'unmet',
  subject: 'w#1',
  hint: 'Its log is w.log.',
})

test.each([
  ['another queue', ['orders-v2'], 'the service was polled for orders-v2, and not for orders'],
  ['nothing', [], 'nobody has polled this service: the worker polls another one, or nothing yet'],
  [
    'the right one as somebody known',
    ['orders'],
    'nobody has polled it since this start, or somebody who lives polls it by the same identity',
  ],
])('a worker that does not come is told with what is polled instead: %s', async (_, polled, what) => {
  const told = await withPolled(error, queues, { polledAnywhere: async () => polled, ...here })
  expect(told).toMatchObject({ code: error.code, kind: 'unmet', subject: 'w#1' })
  expect(String(told)).toContain(`waited 8 s for worker w#1 to poll orders; ${what}`)
  const hint = /this cluster listens on 127\.0\.0\.1:19458\. Its log is w\.log\.$/
  expect(told).toMatchObject({ hint: expect.stringMatching(hint) })
})

test('what is not known is not told, and other errors stay as they are', async () => {
  expect(await withPolled(error, queues, { polledAnywhere: undefined, ...here })).toBe(error)
  expect(
    await withPolled(error, queues, { polledAnywhere: () => Promise.reject(new Error('gone')), ...here }),
  ).toBe(error)
  const other = new ChaosError('died', { code: 'CHAOS_WORKER_DIED' })
  expect(await withPolled(other, queues, { polledAnywhere: async () => [], ...here })).toBe(other)
})

test('a worker that runs already has to come by itself, which is told also if nobody knows who polls', async () => {
  const attached = { ...here, isAttached: true }
  const hint =
    /cannot lead a worker that runs already to this cluster: it has to connect to 127\.0\.0\.1:19458 by/
  expect(await withPolled(error, queues, { polledAnywhere: undefined, ...attached })).toMatchObject({
    message: error.message,
    hint: expect.stringMatching(hint),
  })
  expect(await withPolled(error, queues, { polledAnywhere: async () => [], ...attached })).toMatchObject({
    message: expect.stringContaining('nobody has polled this service'),
    hint: expect.stringMatching(hint),
  })
})
