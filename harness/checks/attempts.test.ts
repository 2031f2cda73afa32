import { expect, test } from 'vitest'
import { begun, injected, recoveryOf, obligationsOf } from '../../test/support/analysed-record.ts'
import { judged } from '../../test/support/judged-record.ts'
import { event, killed, recordOf } from '../../test/support/stored-record.ts'
import type { HistoryEvent } from '../history/event.ts'
import type { RunRecord } from '../record/record.ts'
import { attempts } from './attempts.ts'

const policy = { initialInterval: '0.1s', backoffCoefficient: 1 }

/** An activity that a living worker is given at `scheduledMs`; two attempts hang for 5 s, the third completes. */
function hung(scheduledMs: number, activityId = '1', id = 4): HistoryEvent[] {
  const startedMs = scheduledMs + 10_400
  return [
    event(id, scheduledMs, 'ActivityTaskScheduled', {
      activityId,
      activityType: { name: 'charge' },
      startToCloseTimeout: '5s',
      retryPolicy: policy,
    }),
    event(id + 1, startedMs, 'ActivityTaskStarted', {
      scheduledEventId: String(id),
      attempt: 3,
      identity: 'worker-1#2',
      lastFailure: { timeoutFailureInfo: { timeoutType: 'TIMEOUT_TYPE_START_TO_CLOSE' } },
    }),
    event(id + 2, startedMs + 100, 'ActivityTaskCompleted', {
      scheduledEventId: String(id),
      startedEventId: String(id + 1),
    }),
    event(id + 3, startedMs + 100, 'WorkflowTaskScheduled'),
    event(id + 4, startedMs + 105, 'WorkflowTaskStarted', {
      scheduledEventId: String(id + 3),
      identity: 'worker-1#2',
    }),
    event(id + 5, startedMs + 110, 'WorkflowTaskCompleted', {
      scheduledEventId: String(id + 3),
      startedEventId: String(id + 4),
    }),
  ]
}

const stalled = recordOf([...begun, ...hung(3_000)], killed(2_000, 2_600))

test('attempts that hang after the heal break the promise, and the stall is part of the recovery', () => {
  expect(judged(attempts, stalled)).toEqual({
    status: 'broken',
    findings: [
      {
        kind: 'liveness',
        message:
          'activity 1 charge of w began 400 ms after the heal of kill-worker on worker-1#1 and had a failed ' +
          'attempt without a new fault: 2 attempts failed, and attempt 2 ended by its start-to-close timeout, 10.40 s in all',
        window: { fromMs: 3_000, untilMs: 13_400 },
      },
    ],
  })
  expect(recoveryOf(stalled)).toBe(10_410)
  expect(obligationsOf(stalled)).toMatchObject([
    {
      kind: 'activity',
      dueMs: 3_000,
      cause: { name: 'start-to-close timeout', setting: 'startToCloseTimeout', observedMs: 5_000 },
    },
  ])
})

test('an attempt that was under way when the fault struck is the fault’s', () => {
  const lost = recordOf([...begun, ...hung(1_500)], killed(2_000, 2_600))
  expect(judged(attempts, lost).status).toBe('kept')
})

test('so is one that another fault struck', () => {
  const again = killed(9_000, 9_500).map((entry) => ({
    ...entry,
    ...('fault' in entry ? { fault: 2 } : {}),
  })) as RunRecord['timeline']
  const struck = recordOf([...begun, ...hung(3_000)], [...killed(2_000, 2_600), ...again])
  expect(judged(attempts, struck).status).toBe('kept')
})

test('a scenario may say that attempts of a type fail by design', () => {
  const expecting = (...failingAttempts: string[]) => ({
    ...stalled,
    header: { ...stalled.header, failingAttempts },
  })
  expect(judged(attempts, expecting('charge'))).toEqual({ status: 'kept', findings: [] })
  expect(obligationsOf(expecting('charge'))).toEqual([])
  expect(judged(attempts, expecting('refund')).status).toBe('broken')
})

test('attempts of a type that was already tried again when the fault struck are not the fault’s', () => {
  const events = [...begun, ...hung(1_000), ...hung(14_000, '2', 20)]
  const running = (attempt: number) => ({
    kind: 'running-activity' as const,
    atMs: 2_020,
    faultIndex: 1,
    workflowId: 'w',
    runId: 'r',
    activityId: '1',
    attempt,
    startedWallMs: Date.parse('2026-01-01T00:00:00Z') + 1_100,
    heartbeatWallMs: null,
  })
  const struck = (attempt: number) => recordOf(events, [...killed(2_000, 2_600), running(attempt)])
  expect(judged(attempts, struck(2))).toEqual({ status: 'kept', findings: [] })
  expect(judged(attempts, struck(1)).status).toBe('broken')
})

test('attempts of a type that also fail without any fault are not the fault’s', () => {
  const both = recordOf([...begun, ...hung(1_000), ...hung(14_000, '2', 20)], killed(12_000, 12_600))
  expect(judged(attempts, both)).toEqual({ status: 'kept', findings: [] })
})

test('a workflow task that fails after the heal', () => {
  const failing = recordOf(
    [
      ...begun,
      event(4, 3_000, 'WorkflowExecutionSignaled', { signalName: 'go' }),
      event(5, 3_000, 'WorkflowTaskScheduled'),
      event(6, 3_010, 'WorkflowTaskStarted', { scheduledEventId: '5', identity: 'worker-1#2' }),
      event(7, 3_020, 'WorkflowTaskFailed', {
        scheduledEventId: '5',
        startedEventId: '6',
        cause: 'WORKFLOW_TASK_FAILED_CAUSE_WORKFLOW_WORKER_UNHANDLED_FAILURE',
        failure: { message: 'boom' },
      }),
      event(8, 9_000, 'WorkflowTaskScheduled', { attempt: 5 }),
      event(9, 9_010, 'WorkflowTaskStarted', { scheduledEventId: '8', identity: 'worker-1#2' }),
      event(10, 9_020, 'WorkflowTaskCompleted', { scheduledEventId: '8', startedEventId: '9' }),
    ],
    killed(2_000, 2_600),
  )
  expect(judged(attempts, failing).findings).toEqual([
    {
      kind: 'liveness',
      message:
        'workflow task 5 of w began 410 ms after the heal of kill-worker on worker-1#1 and had a failed attempt ' +
        'without a new fault: it failed with WORKFLOW_WORKER_UNHANDLED_FAILURE "boom", 10 ms in all',
      window: { fromMs: 3_010, untilMs: 3_020 },
    },
  ])
  expect(obligationsOf(failing)).toMatchObject([
    {
      subject: 'workflow task 5',
      recoveryMs: 6_020,
      cause: { name: 'failed workflow task', detail: expect.stringContaining('"boom" in event 7') },
    },
  ])
})

/** A workflow task times out by a kill of the server, is given out again, and times out once more. */
function unanswered(taker: string, againMs: number): RunRecord {
  return recordOf(
    [
      ...begun,
      event(4, 1_900, 'WorkflowTaskScheduled'),
      event(5, 1_950, 'WorkflowTaskStarted', { scheduledEventId: '4', identity: 'worker-1#1' }),
      event(6, 8_000, 'WorkflowTaskTimedOut', { scheduledEventId: '4', startedEventId: '5' }),
      event(7, againMs - 10, 'WorkflowTaskScheduled'),
      event(8, againMs, 'WorkflowTaskStarted', { scheduledEventId: '7', identity: taker }),
      event(9, againMs + 2_000, 'WorkflowTaskTimedOut', { scheduledEventId: '7', startedEventId: '8' }),
      event(10, againMs + 2_000, 'WorkflowTaskScheduled'),
      event(11, againMs + 2_050, 'WorkflowTaskStarted', { scheduledEventId: '10', identity: taker }),
      event(12, againMs + 2_100, 'WorkflowTaskCompleted', { scheduledEventId: '10', startedEventId: '11' }),
    ],
    injected(1, 'dead', 'temporal-server', 2_000, 7_000),
  )
}

test('a task that waits for its worker’s answer to the one before is the outage’s, and counts as recovery', () => {
  const held = unanswered('worker-1#1', 8_500)
  expect(judged(attempts, held)).toEqual({ status: 'kept', findings: [] })
  expect(recoveryOf(held)).toBeGreaterThan(3_000)
})

test('it is not if another worker took it, or if it comes after every answer was tried again', () => {
  expect(judged(attempts, unanswered('worker-2#1', 8_500)).status).toBe('broken')
  expect(judged(attempts, unanswered('worker-1#1', 13_500)).status).toBe('broken')
})

test('a run in which nothing began after a heal is not checked', () => {
  expect(judged(attempts, recordOf([...begun], killed(2_000, 2_600)))).toEqual({
    status: 'not-checked',
    findings: [],
    why: 'no work began after a heal',
  })
})
