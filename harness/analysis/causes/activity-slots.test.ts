import { expect, test } from 'vitest'
import { begun, obligationsOf } from '../../../test/support/analysed-record.ts'
import { event, killed, recordOf } from '../../../test/support/stored-record.ts'
import type { HistoryEvent } from '../../history/event.ts'

interface Ran {
  readonly id: number
  readonly startedMs: number
  readonly doneMs: number
}

/** Activities that are all scheduled at 1,000 ms, and run on the second incarnation. */
function ran(...activities: Ran[]): HistoryEvent[] {
  const scheduled = activities.map(({ id }) =>
    event(3 + id, 1_000, 'ActivityTaskScheduled', {
      activityId: String(id),
      activityType: { name: 'charge' },
    }),
  )
  const done = activities.flatMap(({ id, startedMs, doneMs }) => [
    event(20 + 2 * id, startedMs, 'ActivityTaskStarted', {
      scheduledEventId: String(3 + id),
      identity: 'worker-1#2',
    }),
    event(21 + 2 * id, doneMs, 'ActivityTaskCompleted', {
      scheduledEventId: String(3 + id),
      startedEventId: String(20 + 2 * id),
    }),
  ])
  return [
    ...begun,
    ...scheduled,
    ...done,
    event(40, 9_000, 'WorkflowTaskScheduled'),
    event(41, 9_000, 'WorkflowTaskStarted', { scheduledEventId: '40', identity: 'worker-1#2' }),
    event(42, 9_001, 'WorkflowTaskCompleted', { scheduledEventId: '40', startedEventId: '41' }),
  ]
}

function causeOfThird(...activities: Ran[]) {
  const record = recordOf(ran(...activities), killed(2_000, 2_500))
  return obligationsOf(record).find(({ subject }) => subject.startsWith('activity 3'))
}

const first = { id: 1, startedMs: 2_500, doneMs: 5_000 }
const second = { id: 2, startedMs: 2_510, doneMs: 6_000 }

test('an activity that a full worker took when another one ended waited for a slot', () => {
  const third = { id: 3, startedMs: 5_010, doneMs: 9_000 }
  expect(causeOfThird(first, second, third)?.cause).toEqual({
    name: 'no free activity slot',
    setting: 'maxConcurrentActivityTaskExecutions',
    observedMs: 2_500,
    detail: '2 other activities ran on worker-1#2',
  })
})

test('one that was taken while nothing ended waited for something else', () => {
  const third = { id: 3, startedMs: 5_500, doneMs: 9_000 }
  expect(causeOfThird(first, second, third)?.cause).toMatchObject({ name: 'dispatch', setting: null })
})
