import { expect, test } from 'vitest'
import { asleep, obligationsOf, sticky } from '../../../test/support/analysed-record.ts'
import { event, killed, recordOf } from '../../../test/support/stored-record.ts'
import type { HistoryEvent } from '../../history/event.ts'
import type { RunRecord } from '../../record/record.ts'

const fired = [...asleep, event(5, 4_000, 'TimerFired', { timerId: '1', startedEventId: '4' })]

function withSticky(record: RunRecord, stickyMs: number): RunRecord {
  const { profile } = record.header
  const worker = { ...profile.worker, stickyQueueScheduleToStartTimeout: stickyMs }
  return { ...record, header: { ...record.header, profile: { ...profile, worker } } }
}

function stickyFor(ms: number): HistoryEvent[] {
  const ended = 4_000 + ms
  return [
    ...fired,
    event(6, 4_000, 'WorkflowTaskScheduled', sticky),
    event(7, ended, 'WorkflowTaskTimedOut', {
      scheduledEventId: '6',
      timeoutType: 'TIMEOUT_TYPE_SCHEDULE_TO_START',
    }),
    event(8, ended, 'WorkflowTaskScheduled'),
    event(9, ended + 5, 'WorkflowTaskStarted', { scheduledEventId: '8', identity: 'worker-1#2' }),
    event(10, ended + 10, 'WorkflowTaskCompleted', { scheduledEventId: '8', startedEventId: '9' }),
  ]
}

test('a sticky timeout that a busy server ends late is told as the server’s lateness', () => {
  const late = withSticky(recordOf(stickyFor(4_050), killed(2_000, 2_600)), 1_000)
  expect(obligationsOf(late)[0]).toMatchObject({
    cause: {
      name: 'lateness of the server',
      setting: null,
      observedMs: 3_050,
      detail: 'the timeout of event 7 came 3.05 s late',
    },
    waitedMs: { 'sticky schedule-to-start timeout': 1_000 },
  })
})

test('one that ends in time is told with its setting', () => {
  const timely = withSticky(recordOf(stickyFor(1_020), killed(2_000, 2_600)), 1_000)
  expect(obligationsOf(timely)[0]?.cause).toMatchObject({
    name: 'sticky schedule-to-start timeout',
    setting: 'stickyQueueScheduleToStartTimeout',
    observedMs: 1_000,
  })
})

test('a workflow task that fails again and again is told with its cause, its message and the attempts', () => {
  const record = recordOf(
    [
      ...fired,
      event(6, 4_000, 'WorkflowTaskScheduled', sticky),
      event(7, 4_010, 'WorkflowTaskStarted', { scheduledEventId: '6', identity: 'worker-1#2' }),
      event(8, 4_020, 'WorkflowTaskFailed', {
        scheduledEventId: '6',
        startedEventId: '7',
        cause: 'WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR',
        failure: { message: 'boom' },
      }),
      event(9, 14_000, 'WorkflowTaskScheduled', { attempt: 6 }),
      event(10, 14_010, 'WorkflowTaskStarted', { scheduledEventId: '9', identity: 'worker-1#2' }),
      event(11, 14_020, 'WorkflowTaskCompleted', { scheduledEventId: '9', startedEventId: '10' }),
    ],
    killed(2_000, 2_600),
  )
  expect(obligationsOf(record)[0]).toMatchObject({
    subject: 'timer 1',
    recoveryMs: 10_020,
    cause: {
      name: 'failed workflow task',
      setting: null,
      observedMs: 10_000,
      detail: 'NON_DETERMINISTIC_ERROR "boom" in event 8; attempt 6 succeeded',
    },
  })
})
