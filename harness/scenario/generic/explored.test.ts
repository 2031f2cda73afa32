import { describe, expect, test } from 'vitest'
import { event, recordOf, storedRecord } from '../../../test/support/stored-record.ts'
import { expectedEnd, exploredFrom, exploredSchema } from './explored.ts'

test('a record shows the moments of its first workflow, how it ended, and what the worker polled', async () => {
  const record = await storedRecord('due-after-the-outage')
  const seen = exploredFrom(record, 'order', 'v1')
  expect(seen).toMatchObject({ version: 'v1', workload: 'order' })
  expect(seen.ends[0]?.outcome?.status).toBe('completed')
  expect(seen.moments.map(({ name }) => name)).toEqual(['activity-1', 'timer-1', 'activity-2'])
  expect(seen.moments.every(({ lastsMs }) => lastsMs > 0)).toBe(true)
  expect(seen.durationMs).toBeGreaterThan(seen.moments[1]?.lastsMs ?? Infinity)
})

test('attempts that fail without faults belong to the work, and an end that only the worker can read has its status', () => {
  const encrypted = { payloads: [{ metadata: { encoding: btoa('binary/encrypted') }, data: btoa('x7') }] }
  const record = recordOf(
    [
      event(1, 0, 'WorkflowExecutionStarted'),
      event(2, 10, 'ActivityTaskScheduled', { activityId: '1', activityType: { name: 'flaky' } }),
      event(3, 90, 'ActivityTaskStarted', {
        scheduledEventId: '2',
        attempt: 3,
        lastFailure: { message: '503' },
      }),
      event(4, 99, 'ActivityTaskCompleted', { scheduledEventId: '2', startedEventId: '3' }),
      event(5, 120, 'WorkflowExecutionCompleted', { result: encrypted }),
    ],
    [],
  )
  const { failing, ends } = exploredFrom(record, 'order', 'v1')
  expect(failing).toEqual(['flaky'])
  expect(expectedEnd({ ends: [...ends, ...ends] }, 'w')).toEqual({ status: 'completed', anyValue: true })
})

test('a moment that is open when the workflow ends lasts until then, also once it was stored', () => {
  const record = recordOf(
    [
      event(1, 0, 'WorkflowExecutionStarted'),
      event(2, 100, 'TimerStarted', { timerId: '1' }),
      event(3, 900, 'WorkflowExecutionCompleted'),
    ],
    [],
  )
  const seen = exploredFrom(record, 'order', 'v1')
  expect(seen.moments).toEqual([{ name: 'timer-1', lastsMs: 800 }])
  expect(exploredSchema.parse(JSON.parse(JSON.stringify(seen)))).toEqual(seen)
})

describe('how a workflow must end', () => {
  const completed = (result: unknown) => ({ status: 'completed' as const, result })

  test('as those that were seen, with its own id in place of theirs', () => {
    const ends = [
      { workflowId: 'a-1', outcome: completed({ key: 'a-1/paid' }) },
      { workflowId: 'a-2', outcome: completed({ key: 'a-2/paid' }) },
    ]
    expect(expectedEnd({ ends }, 'b-7')).toEqual(completed({ key: 'b-7/paid' }))
  })

  test('with any value if they did not agree on one, and in any way if not even on the status', () => {
    const one = { workflowId: 'x-1', outcome: completed(1) }
    expect(expectedEnd({ ends: [one, { workflowId: 'x-2', outcome: completed(2) }] }, 'c')).toEqual({
      status: 'completed',
      anyValue: true,
    })
    const failed = { status: 'failed' as const, message: 'no' }
    expect(expectedEnd({ ends: [one, { workflowId: 'x-2', outcome: failed }] }, 'c')).toBeUndefined()
    expect(expectedEnd({ ends: [one, { workflowId: 'x-2', outcome: null }] }, 'c')).toBeUndefined()
    expect(expectedEnd({ ends: [] }, 'c')).toBeUndefined()
  })
})

test('how long an activity waited for a worker is known of first attempts only', () => {
  const asked = (id: number, name: string) =>
    event(id, 1_000, 'ActivityTaskScheduled', { activityId: String(id), activityType: { name } })
  const ran = (id: number, of: number, atMs: number, attempt: number) => [
    event(id, atMs, 'ActivityTaskStarted', { scheduledEventId: String(of), attempt, identity: 'a' }),
    event(id + 1, atMs + 500, 'ActivityTaskCompleted', {
      scheduledEventId: String(of),
      startedEventId: String(id),
    }),
  ]
  const record = recordOf(
    [
      event(1, 0, 'WorkflowExecutionStarted'),
      asked(2, 'pick'),
      asked(3, 'pick'),
      asked(4, 'flaky'),
      ...ran(5, 2, 1_020, 1),
      ...ran(7, 3, 5_500, 1),
      ...ran(9, 4, 9_000, 3),
    ],
    [],
  )
  expect(exploredFrom(record, 'order', 'v1').activityWaitsMs).toEqual({ pick: 4_500 })
})
