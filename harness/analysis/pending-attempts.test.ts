import { expect, test } from 'vitest'
import { begun, sticky } from '../../test/support/analysed-record.ts'
import { event } from '../../test/support/stored-record.ts'
import { eventTimeMs, type HistoryEvent } from '../history/event.ts'
import type { PendingActivityWork, PendingWork } from '../history/pending-work.ts'
import { pendingBecause } from './pending.ts'

/** The wall clock `atMs` into the run. */
function wallMs(atMs: number): number {
  return eventTimeMs(event(1, atMs, 'Now'))
}

const charging = [
  ...begun,
  event(4, 1_000, 'ActivityTaskScheduled', {
    activityId: '1',
    activityType: { name: 'charge' },
    startToCloseTimeout: '300s',
    heartbeatTimeout: '0s',
  }),
]

function pendingAt(activity: Partial<PendingActivityWork>): PendingWork {
  return {
    workflowTask: null,
    activities: [
      {
        activityId: '1',
        attempt: 1,
        isStarted: false,
        startedWallMs: null,
        heartbeatWallMs: null,
        nextAttemptWallMs: null,
        lastWorker: '',
        lastFailure: null,
        ...activity,
      },
    ],
  }
}

test('an attempt that hangs: which one, where, for how long, and the timeout that would end it', () => {
  const pending = pendingAt({
    attempt: 4,
    isStarted: true,
    startedWallMs: wallMs(58_000),
    lastWorker: 'worker-1#2',
    lastFailure: { message: 'activity timeout', timeoutType: 'TIMEOUT_TYPE_START_TO_CLOSE' },
  })
  expect(pendingBecause(charging, wallMs(61_000), pending)).toBe(
    'activity charge has not completed: ActivityTaskScheduled (event 4) was 60.0 s ago, ' +
      'attempt 4 has run for 3.00 s on worker-1#2, attempt 3 ended by its start-to-close timeout, ' +
      'timeouts: startToClose 5 min 00 s (would end it in 4 min 57 s), no heartbeat',
  )
})

test('an attempt that waits for its turn: when it comes, and the last failure', () => {
  const failing = { attempt: 5, lastFailure: { message: '503', timeoutType: null } }
  expect(
    pendingBecause(charging, wallMs(61_000), pendingAt({ ...failing, nextAttemptWallMs: wallMs(68_200) })),
  ).toMatch(/ ago, attempt 5 comes in 7\.20 s, attempt 4 failed with "503", timeouts: /)
  expect(
    pendingBecause(charging, wallMs(61_000), pendingAt({ ...failing, nextAttemptWallMs: wallMs(60_000) })),
  ).toMatch(/ ago, attempt 5 waits for a worker, attempt 4 failed with "503", timeouts: /)
})

test('without the server’s own list, as in older records, the timeouts are told', () => {
  expect(pendingBecause(charging, wallMs(2_000))).toBe(
    'activity charge has not completed: ActivityTaskScheduled (event 4) was 1.0 s ago, ' +
      'timeouts: startToClose 5 min 00 s, no heartbeat',
  )
})

test('a limit of attempts, and each timeout that runs, with what is left of it', () => {
  const limited = (options: object) => [
    ...begun,
    event(4, 1_000, 'ActivityTaskScheduled', {
      activityId: '1',
      activityType: { name: 'charge' },
      startToCloseTimeout: '30s',
      heartbeatTimeout: '5s',
      scheduleToCloseTimeout: '120s',
      ...options,
    }),
  ]
  const runs = pendingAt({ isStarted: true, startedWallMs: wallMs(9_000), heartbeatWallMs: wallMs(12_000) })
  const five = { retryPolicy: { maximumAttempts: 5 } }
  expect(pendingBecause(limited(five), wallMs(13_000), runs)).toMatch(
    /timeouts: startToClose 30\.00 s \(would end it in 26\.00 s\), heartbeat 5\.00 s \(would end it in 4\.00 s\), scheduleToClose 2 min 00 s \(would end it in 1 min 48 s\), at most 5 attempts$/,
  )
  const queued = { scheduleToCloseTimeout: '0s', scheduleToStartTimeout: '60s', retryPolicy: {} }
  expect(pendingBecause(limited(queued), wallMs(13_000), pendingAt({}))).toMatch(
    /, attempt 1 waits for a worker, timeouts: .*, scheduleToStart 1 min 00 s \(would end it in 48\.00 s\), retries without limit$/,
  )
  const never = { scheduleToCloseTimeout: '0s', retryPolicy: { maximumAttempts: 1 } }
  expect(pendingBecause(limited(never), wallMs(13_000), pendingAt({}))).toMatch(
    /, no scheduleToStart, no retries$/,
  )
})

test('a workflow task: which timeout ends it, and whether it waits for one worker only', () => {
  const held = [
    ...begun,
    event(4, 2_000, 'WorkflowTaskScheduled', { startToCloseTimeout: '10s' }),
    event(5, 2_010, 'WorkflowTaskStarted', { scheduledEventId: '4', identity: 'worker-1#1' }),
  ]
  expect(pendingBecause(held, wallMs(5_010))).toBe(
    'worker-1#1 has not completed its workflow task: WorkflowTaskStarted (event 5) was 3.0 s ago, ' +
      'its timeout of 10.00 s would end it in 7.00 s',
  )
  const waiting = [...begun, event(4, 2_000, 'WorkflowTaskScheduled', sticky)]
  expect(pendingBecause(waiting, wallMs(5_000))).toBe(
    'no worker took its workflow task: WorkflowTaskScheduled (event 4) was 3.0 s ago, ' +
      'in the sticky queue of the worker that had the workflow last',
  )
})

const failing: HistoryEvent[] = [
  event(1, 900, 'WorkflowTaskScheduled'),
  event(2, 950, 'WorkflowTaskStarted', { scheduledEventId: '1', identity: 'worker-1#2' }),
  event(3, 1_000, 'WorkflowTaskFailed', {
    scheduledEventId: '1',
    startedEventId: '2',
    cause: 'WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR',
    failure: { message: 'boom' },
  }),
]

test('a workflow task that fails again and again: attempt, cause and message, and no worker is blamed', () => {
  const pending = {
    workflowTask: { attempt: 7, isStarted: false, scheduledWallMs: wallMs(60_000) },
    activities: [],
  }
  expect(pendingBecause(failing, wallMs(61_000), pending)).toBe(
    'its workflow task fails again and again, by now attempt 7: NON_DETERMINISTIC_ERROR "boom"; ' +
      'WorkflowTaskFailed (event 3) was 60.0 s ago',
  )
  // A history that is read meanwhile may end with the next try, which the server never stores.
  const next = [...failing, event(4, 50_000, 'WorkflowTaskScheduled', { attempt: 6 })]
  expect(pendingBecause(next, wallMs(61_000))).toMatch(
    /^its workflow task fails again and again, by now attempt 6: /,
  )
})

test('a failure that the next task got over is not told, nor one by which the server made way for a signal', () => {
  const over = [
    ...failing,
    event(4, 1_100, 'WorkflowTaskScheduled'),
    event(5, 1_200, 'WorkflowTaskStarted', { scheduledEventId: '4' }),
    event(6, 1_300, 'WorkflowTaskCompleted', { scheduledEventId: '4', startedEventId: '5' }),
  ]
  expect(pendingBecause(over, wallMs(2_000))).toMatch(/^it waits for something from outside/)
  const madeWay = [
    ...failing.slice(0, 2),
    event(3, 1_000, 'WorkflowTaskFailed', {
      scheduledEventId: '1',
      startedEventId: '2',
      cause: 'WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND',
    }),
    event(4, 1_000, 'WorkflowTaskScheduled'),
  ]
  expect(pendingBecause(madeWay, wallMs(2_000))).toMatch(/^no worker took its workflow task/)
})
