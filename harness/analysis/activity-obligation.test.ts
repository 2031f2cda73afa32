import { describe, expect, test } from 'vitest'
import { begun, obligationsOf, recoveryOf, sticky } from '../../test/support/analysed-record.ts'
import { event, killed, recordOf } from '../../test/support/stored-record.ts'
import type { HistoryEvent } from '../history/event.ts'
import type { TimelineEntry } from '../record/timeline.ts'

describe('an activity', () => {
  const scheduled = [
    ...begun,
    event(4, 1_000, 'ActivityTaskScheduled', { activityId: '1', activityType: { name: 'charge' } }),
  ]

  test('is counted by its waiting; its work is reported separately', () => {
    const record = recordOf(
      [
        ...scheduled,
        event(5, 3_600, 'ActivityTaskStarted', {
          scheduledEventId: '4',
          attempt: 2,
          lastFailure: { timeoutFailureInfo: { timeoutType: 'TIMEOUT_TYPE_HEARTBEAT' } },
        }),
        event(6, 5_600, 'ActivityTaskCompleted', { scheduledEventId: '4', startedEventId: '5' }),
        event(7, 5_600, 'WorkflowTaskScheduled'),
        event(8, 5_610, 'WorkflowTaskStarted', { scheduledEventId: '7', identity: 'worker-1#2' }),
        event(9, 5_650, 'WorkflowTaskCompleted', { scheduledEventId: '7', startedEventId: '8' }),
      ],
      killed(2_000, 2_600),
    )
    expect(obligationsOf(record)).toMatchObject([
      {
        kind: 'activity',
        subject: 'activity 1 charge',
        dueMs: 2_000,
        latenessMs: null,
        redispatchedMs: 3_600,
        settledMs: 5_650,
        recoveryMs: 1_600 + 50,
        redoneMs: 2_000,
        cause: { name: 'heartbeat timeout', setting: 'heartbeatTimeout', observedMs: 1_600 },
      },
    ])
  })

  test('that nobody completed waited until it timed out, and then for the sticky queue', () => {
    const record = recordOf(
      [
        ...scheduled,
        event(5, 1_010, 'ActivityTaskStarted', { scheduledEventId: '4', attempt: 1, identity: 'worker-1#1' }),
        event(6, 11_010, 'ActivityTaskTimedOut', {
          scheduledEventId: '4',
          startedEventId: '5',
          failure: { timeoutFailureInfo: { timeoutType: 'TIMEOUT_TYPE_START_TO_CLOSE' } },
        }),
        event(7, 11_010, 'WorkflowTaskScheduled', sticky),
        event(8, 12_010, 'WorkflowTaskTimedOut', {
          scheduledEventId: '7',
          timeoutType: 'TIMEOUT_TYPE_SCHEDULE_TO_START',
        }),
        event(9, 12_010, 'WorkflowTaskScheduled'),
        event(10, 12_020, 'WorkflowTaskStarted', { scheduledEventId: '9', identity: 'worker-1#2' }),
        event(11, 12_050, 'WorkflowTaskCompleted', { scheduledEventId: '9', startedEventId: '10' }),
      ],
      killed(2_000, 2_600),
    )
    expect(obligationsOf(record)).toMatchObject([
      {
        kind: 'activity',
        recoveryMs: 9_010 + 1_040,
        redoneMs: null,
        cause: { name: 'start-to-close timeout', setting: 'startToCloseTimeout', observedMs: 10_000 },
      },
    ])
  })

  test('names the sticky queue if its outcome waited longer than the activity itself', () => {
    const record = recordOf(
      [
        ...scheduled,
        event(5, 1_010, 'ActivityTaskStarted', { scheduledEventId: '4', attempt: 1, identity: 'worker-2#1' }),
        event(6, 2_100, 'ActivityTaskCompleted', { scheduledEventId: '4', startedEventId: '5' }),
        event(7, 2_100, 'WorkflowTaskScheduled', sticky),
        event(8, 12_100, 'WorkflowTaskTimedOut', {
          scheduledEventId: '7',
          timeoutType: 'TIMEOUT_TYPE_SCHEDULE_TO_START',
        }),
        event(9, 12_100, 'WorkflowTaskScheduled'),
        event(10, 12_120, 'WorkflowTaskStarted', { scheduledEventId: '9', identity: 'worker-1#2' }),
        event(11, 12_150, 'WorkflowTaskCompleted', { scheduledEventId: '9', startedEventId: '10' }),
      ],
      killed(2_000, 2_600),
    )
    expect(obligationsOf(record)).toMatchObject([
      {
        kind: 'activity',
        recoveryMs: 10_050,
        cause: { setting: 'stickyQueueScheduleToStartTimeout', observedMs: 10_000 },
      },
    ])
  })

  test('that never came back leaves the run without a figure', () => {
    const record = recordOf(scheduled, killed(2_000, 2_600))
    expect(obligationsOf(record)).toMatchObject([{ kind: 'activity', recoveryMs: null }])
    expect(recoveryOf(record)).toBeNull()
  })
})

const nothing = recordOf([], [])
const heartbeatTimeout = { timeoutFailureInfo: { timeoutType: 'TIMEOUT_TYPE_HEARTBEAT' } }

/** An activity scheduled at 1,000 ms, whose last attempt began at `startedMs` and took a second. */
function retried(startedMs: number, attempt = 2): HistoryEvent[] {
  const doneMs = startedMs + 1_000
  return [
    ...begun,
    event(4, 1_000, 'ActivityTaskScheduled', { activityId: '1', activityType: { name: 'charge' } }),
    event(5, startedMs, 'ActivityTaskStarted', {
      scheduledEventId: '4',
      attempt,
      lastFailure: heartbeatTimeout,
    }),
    event(6, doneMs, 'ActivityTaskCompleted', { scheduledEventId: '4', startedEventId: '5' }),
    event(7, doneMs, 'WorkflowTaskScheduled'),
    event(8, doneMs + 10, 'WorkflowTaskStarted', { scheduledEventId: '7', identity: 'worker-1#2' }),
    event(9, doneMs + 50, 'WorkflowTaskCompleted', { scheduledEventId: '7', startedEventId: '8' }),
  ]
}

function running(faultIndex: number, startedMs: number, heartbeatMs?: number): TimelineEntry {
  const { wallAtZeroMs } = nothing.header
  return {
    kind: 'running-activity',
    atMs: startedMs,
    faultIndex,
    workflowId: 'w',
    runId: 'r',
    activityId: '1',
    attempt: faultIndex,
    startedWallMs: wallAtZeroMs + startedMs,
    heartbeatWallMs: heartbeatMs === undefined ? null : wallAtZeroMs + heartbeatMs,
  }
}

describe('repeated work', () => {
  test.for([
    ['since the last heartbeat', [running(1, 1_010, 1_800)], 200],
    ['since the start, without one', [running(1, 1_510)], 490],
    [
      'at most the length of the next attempt, if the lost one had worked longer',
      [running(1, 1_000 - 500)],
      1_000,
    ],
    ['at most the length of the next attempt, if nobody saw the lost one', [], 1_000],
  ] as const)('is the progress of the lost attempt %s', ([, seen, redoneMs]) => {
    const record = recordOf(retried(3_600), [...killed(2_000, 2_600), ...seen])
    expect(obligationsOf(record)).toMatchObject([{ recoveryMs: 1_600 + 50, redoneMs }])
  })
})

test('repeated work is unknown if the server was asked after the next attempt had begun', () => {
  const record = recordOf(retried(3_600), [...killed(2_000, 2_600), running(1, 3_600)])
  expect(obligationsOf(record)).toMatchObject([{ recoveryMs: 1_600 + 50, redoneMs: null }])
})

describe('an activity whose worker is killed twice', () => {
  /** The attempt between the two kills began at 3,000 ms; the last one at 10,000 ms. */
  const twice = (...seen: TimelineEntry[]) => {
    const [, fault, , confirmed] = killed(8_000)
    const second = [fault, confirmed].map((entry) => {
      if (entry?.kind === 'fault')
        return { ...entry, fault: 2, target: { kind: 'worker', name: 'worker-1#2' } } as const
      if (entry?.kind === 'fault-confirmed') return { ...entry, fault: 2 }
      throw new Error('killed() is another one')
    })
    return obligationsOf(recordOf(retried(10_000, 3), [...killed(2_000, 2_600), ...second, ...seen]))
  }

  test('waited after each kill until the next attempt, not for the work between them', () => {
    expect(twice(running(1, 1_010), running(2, 3_000))).toMatchObject([
      { faultIndex: 1, dueMs: 2_000, redispatchedMs: 3_000, recoveryMs: 1_000 + 50, redoneMs: 990 },
      { faultIndex: 2, dueMs: 8_000, redispatchedMs: 10_000, recoveryMs: 2_000 + 50 },
    ])
  })

  test('counts a longer wait if nobody saw the attempt between them', () => {
    expect(twice()).toMatchObject([{ recoveryMs: 8_000 + 50 }, { recoveryMs: 2_000 + 50 }])
  })
})
