import { expect, test } from 'vitest'
import { judged } from '../../test/support/judged-record.ts'
import { event, recordOf } from '../../test/support/stored-record.ts'
import { noTaskTimeouts } from './no-task-timeouts.ts'

const found = (name: string, attributes = {}) =>
  judged(noTaskTimeouts, recordOf([event(4, 10, name, attributes)], []))

test('a workflow task or an activity that timed out is found', () => {
  expect(found('WorkflowTaskTimedOut')).toEqual({
    status: 'broken',
    findings: [
      { kind: 'liveness', message: 'w: WorkflowTaskTimedOut (event 4) shows a task that timed out' },
    ],
  })
  expect(found('ActivityTaskTimedOut').findings).toHaveLength(1)
})

test('the finding knows since when the task was owed', () => {
  const scheduled = event(4, 2_000, 'WorkflowTaskScheduled')
  const timedOut = event(6, 12_000, 'WorkflowTaskTimedOut', { scheduledEventId: '4' })
  expect(judged(noTaskTimeouts, recordOf([scheduled, timedOut], [])).findings).toMatchObject([
    { kind: 'liveness', window: { fromMs: 2_000, untilMs: 12_000 } },
  ])
})

test('an attempt before the last one that timed out is found', () => {
  expect(found('ActivityTaskStarted', { lastFailure: { timeoutFailureInfo: {} } }).findings).toHaveLength(1)
  expect(found('ActivityTaskStarted', { lastFailure: { applicationFailureInfo: {} } })).toEqual({
    status: 'kept',
    findings: [],
  })
})

test('a history that could not be read is not checked', () => {
  expect(judged(noTaskTimeouts, recordOf([], []))).toEqual({
    status: 'not-checked',
    findings: [],
    why: 'no history could be read',
  })
})
