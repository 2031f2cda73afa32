import { expect, test } from 'vitest'
import { event, recordOf, storedRecord } from '../../test/support/stored-record.ts'
import { analyse } from './analyse.ts'
import { retriesOf } from './retries.ts'

function retries(...events: Parameters<typeof recordOf>[0]) {
  return retriesOf(analyse(recordOf(events, [])))
}

test('of a real run: the task that waited in the dead worker’s sticky queue', async () => {
  const record = await storedRecord('due-after-the-outage')
  expect(retriesOf(analyse(record))).toEqual({ workflowTasksTimedOut: 1, activityAttempts: 0 })
})

test('the attempt number of a completed task includes earlier attempts that timed out', () => {
  const { workflowTasksTimedOut } = retries(
    event(1, 100, 'WorkflowTaskScheduled', { attempt: 1 }),
    event(2, 110, 'WorkflowTaskStarted', { scheduledEventId: '1' }),
    event(3, 1_110, 'WorkflowTaskTimedOut', { timeoutType: 'TIMEOUT_TYPE_START_TO_CLOSE' }),
    event(4, 4_000, 'WorkflowTaskScheduled', { attempt: 4 }),
    event(5, 4_010, 'WorkflowTaskStarted', { scheduledEventId: '4' }),
    event(6, 4_020, 'WorkflowTaskCompleted', { scheduledEventId: '4' }),
    event(7, 5_000, 'WorkflowTaskScheduled', { attempt: 1 }),
    event(8, 6_000, 'WorkflowTaskTimedOut', { timeoutType: 'TIMEOUT_TYPE_SCHEDULE_TO_START' }),
    event(9, 6_000, 'WorkflowTaskScheduled', { attempt: 1 }),
  )
  expect(workflowTasksTimedOut).toBe(3 + 1)
})

test('attempts of a workflow task that failed did not time out', () => {
  const { workflowTasksTimedOut } = retries(
    event(1, 100, 'WorkflowTaskScheduled', { attempt: 1 }),
    event(2, 110, 'WorkflowTaskFailed', { scheduledEventId: '1' }),
    event(3, 4_000, 'WorkflowTaskScheduled', { attempt: 4 }),
  )
  expect(workflowTasksTimedOut).toBe(0)
})

test('attempts of activities after the first', () => {
  const { activityAttempts } = retries(
    event(1, 100, 'ActivityTaskStarted', { attempt: 3 }),
    event(2, 200, 'ActivityTaskStarted', { attempt: 1 }),
    event(3, 300, 'ActivityTaskStarted'),
  )
  expect(activityAttempts).toBe(2)
})
