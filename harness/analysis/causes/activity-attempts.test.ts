import { expect, test } from 'vitest'
import { begun, obligationsOf } from '../../../test/support/analysed-record.ts'
import { event, killed, recordOf } from '../../../test/support/stored-record.ts'
import type { HistoryEvent } from '../../history/event.ts'
import type { TimelineEntry } from '../../record/timeline.ts'

const run = { workflowId: 'w', runId: 'r' }

/** An activity that is scheduled at 1,000 ms, and as the last attempt of which this event is written. */
function tried(settings: object, attempt: number, startedMs: number, lastFailure: object): HistoryEvent[] {
  const doneMs = startedMs + 10
  return [
    ...begun,
    event(4, 1_000, 'ActivityTaskScheduled', {
      activityId: '1',
      activityType: { name: 'charge' },
      ...settings,
    }),
    event(5, startedMs, 'ActivityTaskStarted', {
      scheduledEventId: '4',
      attempt,
      identity: 'worker-1#2',
      lastFailure,
    }),
    event(6, doneMs, 'ActivityTaskCompleted', { scheduledEventId: '4', startedEventId: '5' }),
    event(7, doneMs, 'WorkflowTaskScheduled'),
    event(8, doneMs + 5, 'WorkflowTaskStarted', { scheduledEventId: '7', identity: 'worker-1#2' }),
    event(9, doneMs + 10, 'WorkflowTaskCompleted', { scheduledEventId: '7', startedEventId: '8' }),
  ]
}

/** By the server's own list right after the fault at 2,000 ms. */
function running(attempt: number, startedMs: number, heartbeatMs: number | null): TimelineEntry {
  const zeroMs = Date.parse('2026-01-01T00:00:00Z')
  return {
    kind: 'running-activity',
    atMs: 2_020,
    faultIndex: 1,
    ...run,
    activityId: '1',
    attempt,
    startedWallMs: zeroMs + startedMs,
    heartbeatWallMs: heartbeatMs === null ? null : zeroMs + heartbeatMs,
  }
}

const heartbeat = { timeoutFailureInfo: { timeoutType: 'TIMEOUT_TYPE_HEARTBEAT' } }
const startToClose = { timeoutFailureInfo: { timeoutType: 'TIMEOUT_TYPE_START_TO_CLOSE' } }

test.each([
  ['as the server listed the lost attempt', [running(1, 1_010, 1_990)]],
  ['also if the server could not be asked', []],
])('a pause between two attempts is told as the retry policy’s, %s', (_, listed) => {
  const settings = {
    heartbeatTimeout: '1s',
    startToCloseTimeout: '60s',
    retryPolicy: { initialInterval: '8s', backoffCoefficient: 1, maximumInterval: '80s' },
  }
  const record = recordOf(tried(settings, 2, 11_600, heartbeat), [...killed(2_000, 2_600), ...listed])
  const [obligation] = obligationsOf(record)
  expect(obligation?.recoveryMs).toBe(9_610)
  expect(obligation?.cause).toEqual({
    name: 'retry backoff',
    setting: 'retry.initialInterval',
    observedMs: 8_000,
    detail: '8.00 s before attempt 2, attempt 1 ended by its heartbeat timeout',
  })
  const waited = obligation?.waitedMs ?? {}
  expect(waited['heartbeat timeout']).toBeGreaterThan(980)
  expect(waited['heartbeat timeout']).toBeLessThanOrEqual(1_000)
  // Nothing explains the 600 ms after the pause; 10 ms of the heartbeat timeout had passed before the fault.
  expect(waited.dispatch).toBeLessThanOrEqual(615)
})

test('a pause that has grown to the policy’s limit names the limit, and one that the failure asked for no setting', () => {
  const settings = {
    startToCloseTimeout: '5s',
    retryPolicy: { initialInterval: '1s', backoffCoefficient: 4, maximumInterval: '3s' },
  }
  const limited = recordOf(tried(settings, 3, 6_000, { message: '503' }), [
    ...killed(2_000, 2_100),
    running(2, 1_900, null),
  ])
  expect(obligationsOf(limited)[0]?.cause).toEqual({
    name: 'retry backoff',
    setting: 'retry.maximumInterval',
    observedMs: 3_000,
    detail: '3.00 s before attempt 3, attempt 2 failed with "503"',
  })
  const asked = recordOf(
    tried(settings, 3, 6_000, { message: 'busy', applicationFailureInfo: { nextRetryDelay: '2.500s' } }),
    [...killed(2_000, 2_100), running(2, 1_900, null)],
  )
  expect(obligationsOf(asked)[0]?.cause).toMatchObject({
    name: 'retry backoff',
    setting: null,
    observedMs: 2_500,
  })
})

test('attempts that fail by themselves are told with their number and the last message', () => {
  const settings = {
    startToCloseTimeout: '60s',
    retryPolicy: { initialInterval: '0.1s', backoffCoefficient: 1 },
  }
  const record = recordOf(tried(settings, 5, 12_600, { message: '503 from\nupstream' }), killed(2_000, 2_600))
  expect(obligationsOf(record)[0]?.cause).toEqual({
    name: 'failed attempt',
    setting: null,
    observedMs: 9_600,
    detail: '4 attempts failed; attempt 4 failed with "503 from upstream"',
  })
})

test('several attempts that hang show their timeout’s own length, and how many they were', () => {
  const settings = {
    startToCloseTimeout: '5s',
    retryPolicy: { initialInterval: '0.1s', backoffCoefficient: 1 },
  }
  const record = recordOf(tried(settings, 4, 12_300, startToClose), [
    ...killed(2_000, 2_600),
    running(1, 1_500, null),
  ])
  const [obligation] = obligationsOf(record)
  expect(obligation?.cause).toEqual({
    name: 'start-to-close timeout',
    setting: 'startToCloseTimeout',
    observedMs: 5_000,
    detail: '2 attempts failed; attempt 3 ended by its start-to-close timeout',
  })
  // From the fault to the end of the lost attempt 4.5 s, then what is left for two more attempts.
  expect(obligation?.waitedMs?.['start-to-close timeout']).toBe(4_500 + 5_500)
})

test('a timeout is never told as longer than its setting: the rest is the pause and the wait for the worker', () => {
  const settings = {
    startToCloseTimeout: '10s',
    retryPolicy: { initialInterval: '2s', backoffCoefficient: 2, maximumInterval: '200s' },
  }
  const record = recordOf(tried(settings, 2, 15_960, startToClose), [
    ...killed(2_000, 2_600),
    running(1, 1_990, null),
  ])
  const [obligation] = obligationsOf(record)
  expect(obligation).toMatchObject({
    recoveryMs: 13_970,
    cause: { name: 'start-to-close timeout', observedMs: 10_000 },
  })
  expect(obligation?.waitedMs).toMatchObject({ 'start-to-close timeout': 9_990, 'retry backoff': 2_000 })
})

test('a pause under a second takes a second: the server moves short timers behind what it has read', () => {
  const settings = {
    heartbeatTimeout: '1s',
    startToCloseTimeout: '60s',
    retryPolicy: { initialInterval: '0.1s', backoffCoefficient: 1, maximumInterval: '10s' },
  }
  const after = (takenMs: number) =>
    obligationsOf(
      recordOf(tried(settings, 2, takenMs, heartbeat), [...killed(2_000, 2_600), running(1, 1_010, 1_990)]),
    )[0]
  // The heartbeat timeout ends at 2,990 ms, the pause at 3,090 ms, and the second at 3,990 ms.
  const { cause, waitedMs } = after(4_200) ?? {}
  expect(waitedMs).toMatchObject({ 'retry backoff': 100, 'lateness of the server': 900 })
  expect(waitedMs?.dispatch).toBeLessThanOrEqual(215)
  expect(cause?.name).toBe('heartbeat timeout')
  expect(after(3_500)?.waitedMs).toMatchObject({ 'retry backoff': 100, 'lateness of the server': 410 })
})
