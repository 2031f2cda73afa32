import { describe, expect, test } from 'vitest'
import { asleep, begun, injected, obligationsOf } from '../../../test/support/analysed-record.ts'
import { event, killed, recordOf } from '../../../test/support/stored-record.ts'

describe('the outage of a service', () => {
  test.for([
    ['a heartbeat timeout lasts', 8_100, '1s', { name: 'heartbeat timeout', observedMs: 1_000 }],
    ['a timeout without a known length', 8_100, undefined, { name: 'heartbeat timeout', observedMs: 1_100 }],
    ['a long timeout', 11_500, '10s', { name: 'heartbeat timeout', observedMs: 4_500 }],
    ['a wait after it', 11_500, '1s', { name: 'dispatch', setting: null, observedMs: 3_510 }],
  ] as const)('is not counted in %s', ([, startedMs, heartbeatTimeout, cause]) => {
    const doneMs = startedMs + 500
    const record = recordOf(
      [
        ...begun,
        event(4, 1_000, 'ActivityTaskScheduled', {
          activityId: '1',
          activityType: { name: 'charge' },
          heartbeatTimeout,
        }),
        event(5, startedMs, 'ActivityTaskStarted', {
          scheduledEventId: '4',
          attempt: 2,
          lastFailure: { timeoutFailureInfo: { timeoutType: 'TIMEOUT_TYPE_HEARTBEAT' } },
        }),
        event(6, doneMs, 'ActivityTaskCompleted', { scheduledEventId: '4', startedEventId: '5' }),
        event(7, doneMs, 'WorkflowTaskScheduled'),
        event(8, doneMs + 10, 'WorkflowTaskStarted', { scheduledEventId: '7', identity: 'worker-1#1' }),
        event(9, doneMs + 50, 'WorkflowTaskCompleted', { scheduledEventId: '7', startedEventId: '8' }),
      ],
      injected(1, 'frozen', 'temporal-server', 2_000, 7_000),
    )
    expect(obligationsOf(record)).toMatchObject([{ dueMs: 7_000, recoveryMs: startedMs - 7_000 + 50, cause }])
  })

  test('is not counted in the length of a workflow task that it ended', () => {
    const record = recordOf(
      [
        ...asleep,
        event(5, 1_900, 'TimerFired', { timerId: '1', startedEventId: '4' }),
        event(6, 1_900, 'WorkflowTaskScheduled'),
        event(7, 1_950, 'WorkflowTaskStarted', { scheduledEventId: '6', identity: 'worker-1#1' }),
        event(8, 7_600, 'WorkflowTaskTimedOut', {
          scheduledEventId: '6',
          startedEventId: '7',
          timeoutType: 'TIMEOUT_TYPE_START_TO_CLOSE',
        }),
        event(9, 7_600, 'WorkflowTaskScheduled'),
        event(10, 8_000, 'WorkflowTaskStarted', { scheduledEventId: '9', identity: 'worker-1#1' }),
        event(11, 8_050, 'WorkflowTaskCompleted', { scheduledEventId: '9', startedEventId: '10' }),
      ],
      injected(1, 'dead', 'temporal-server', 2_000, 7_000),
    )
    expect(obligationsOf(record)).toMatchObject([
      { dueMs: 7_000, recoveryMs: 1_050, cause: { name: 'workflow task timeout', observedMs: 600 } },
    ])
  })

  test.for([
    ['poll backoff of the worker', 9_300, 2_300],
    ['dispatch', 8_000, 1_500],
    ['dispatch', 7_050, 2_450],
  ] as const)('a worker polls again by its own backoff: %s, at %d ms', ([name, atMs, observedMs]) => {
    const late = [
      ...asleep,
      event(5, 7_000, 'TimerFired', { timerId: '1', startedEventId: '4' }),
      event(6, 7_000, 'WorkflowTaskScheduled'),
      event(7, 9_500, 'WorkflowTaskStarted', { scheduledEventId: '6', identity: 'worker-1#1' }),
      event(8, 9_550, 'WorkflowTaskCompleted', { scheduledEventId: '6', startedEventId: '7' }),
    ]
    const record = recordOf(late, [
      ...injected(1, 'dead', 'temporal-server', 2_000, 7_000),
      { kind: 'polling', atMs, worker: 'worker-1', identity: 'worker-1#1' },
    ])
    expect(obligationsOf(record)).toMatchObject([
      { recoveryMs: 2_550, cause: { name, setting: null, observedMs } },
    ])
  })
})

test('work that is taken as soon as a worker is ready waited for the worker, whatever timeout had passed', () => {
  const startedMs = 12_050
  const doneMs = startedMs + 1_000
  const record = recordOf(
    [
      ...begun,
      event(4, 1_000, 'ActivityTaskScheduled', { activityId: '1', activityType: { name: 'charge' } }),
      event(5, startedMs, 'ActivityTaskStarted', {
        scheduledEventId: '4',
        attempt: 2,
        lastFailure: { timeoutFailureInfo: { timeoutType: 'TIMEOUT_TYPE_HEARTBEAT' } },
      }),
      event(6, doneMs, 'ActivityTaskCompleted', { scheduledEventId: '4', startedEventId: '5' }),
      event(7, doneMs, 'WorkflowTaskScheduled'),
      event(8, doneMs + 10, 'WorkflowTaskStarted', { scheduledEventId: '7', identity: 'worker-1#2' }),
      event(9, doneMs + 50, 'WorkflowTaskCompleted', { scheduledEventId: '7', startedEventId: '8' }),
    ],
    killed(2_000, 12_000),
  )
  expect(obligationsOf(record)).toMatchObject([
    { recoveryMs: 10_050 + 50, cause: { name: 'respawn of the worker', setting: null } },
  ])
})

describe('work that was never taken', () => {
  const queued = [
    event(1, 900, 'WorkflowExecutionStarted', { taskQueue: { name: 'orders' } }),
    event(2, 900, 'WorkflowTaskScheduled'),
    event(3, 950, 'WorkflowTaskStarted', { scheduledEventId: '2', identity: 'worker-1#1' }),
    event(4, 1_000, 'WorkflowTaskCompleted', { scheduledEventId: '2', startedEventId: '3' }),
    event(5, 1_900, 'WorkflowTaskScheduled'),
  ]
  const unpolled = (queue: string, polls: 'workflow' | 'activity', sinceMs: number | null) =>
    ({ kind: 'queue-unpolled', atMs: 9_000, queue, polls, tasks: 1, ageMs: 6_400, sinceMs }) as const
  const causeOf = (...marks: ReturnType<typeof unpolled>[]) =>
    obligationsOf(recordOf(queued, [...killed(2_000, 2_600), ...marks])).map(({ cause }) => cause)

  test('names the task queue that nobody polled, and since when', () => {
    expect(causeOf(unpolled('orders', 'workflow', 2_650))).toEqual([
      {
        name: 'no poller',
        setting: null,
        observedMs: 6_400,
        detail: 'nobody polls orders for workflow tasks since 2.65 s',
      },
    ])
    expect(causeOf(unpolled('orders', 'workflow', null))).toMatchObject([
      { detail: 'nobody polls orders for workflow tasks at all' },
    ])
  })

  test('has no known cause if its own queue was polled', () => {
    expect(causeOf()).toEqual([null])
    expect(causeOf(unpolled('others', 'workflow', 2_650))).toEqual([null])
    expect(causeOf(unpolled('orders', 'activity', 2_650))).toEqual([null])
  })
})
