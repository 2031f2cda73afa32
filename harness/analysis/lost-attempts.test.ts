import { describe, expect, test } from 'vitest'
import { event, killed, recordOf } from '../../fixtures/stored-record.ts'
import type { HistoryEvent } from '../history/event.ts'
import type { RunRecord } from '../record/record.ts'
import type { TimelineEntry } from '../record/timeline.ts'
import { analyse } from './analyse.ts'

function obligationsOf(record: RunRecord) {
  return analyse(record).obligations
}

const nothing = recordOf([], [])
const heartbeatTimeout = { timeoutFailureInfo: { timeoutType: 'TIMEOUT_TYPE_HEARTBEAT' } }

/** An activity from 1,000 ms on, whose last attempt began at `startedMs` and took a second. */
function retried(startedMs: number, attempt = 2): HistoryEvent[] {
  const doneMs = startedMs + 1_000
  return [
    event(1, 900, 'WorkflowTaskScheduled'),
    event(2, 950, 'WorkflowTaskStarted', { scheduledEventId: '1', identity: 'worker-1#1' }),
    event(3, 1_000, 'WorkflowTaskCompleted', { scheduledEventId: '1', startedEventId: '2' }),
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

describe('work done again', () => {
  test.for([
    ['since the last heartbeat', [running(1, 1_010, 1_800)], 200],
    ['since the start, without one', [running(1, 1_510)], 490],
    ['as long as the next attempt took, where it had worked for longer', [running(1, 1_000 - 500)], 1_000],
    ['as long as the next attempt took, where nobody saw it', [], 1_000],
  ] as const)('is what the lost attempt had done %s', ([, seen, redoneMs]) => {
    const record = recordOf(retried(3_600), [...killed(2_000, 2_600), ...seen])
    expect(obligationsOf(record)).toMatchObject([{ recoveryMs: 1_600 + 50, redoneMs }])
  })
})

test('work done again is not known where the server was asked once the next attempt had begun', () => {
  const record = recordOf(retried(3_600), [...killed(2_000, 2_600), running(1, 3_600)])
  expect(obligationsOf(record)).toMatchObject([{ recoveryMs: 1_600 + 50, redoneMs: null }])
})

describe('an activity whose worker is killed twice', () => {
  /** The attempt between the two strikes began at 3,000 ms; the last one at 10,000 ms. */
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

  test('waited after each strike until the next attempt, not for the work between them', () => {
    expect(twice(running(1, 1_010), running(2, 3_000))).toMatchObject([
      { faultIndex: 1, dueMs: 2_000, redispatchedMs: 3_000, recoveryMs: 1_000 + 50, redoneMs: 990 },
      { faultIndex: 2, dueMs: 8_000, redispatchedMs: 10_000, recoveryMs: 2_000 + 50 },
    ])
  })

  test('is said to have waited for longer where nobody saw the attempt between them', () => {
    expect(twice()).toMatchObject([{ recoveryMs: 8_000 + 50 }, { recoveryMs: 2_000 + 50 }])
  })
})

test('work that is taken as soon as a worker is there waited for the worker, whatever timeout had passed', () => {
  const [obligation] = obligationsOf(recordOf(retried(12_050), killed(2_000, 12_000)))
  expect(obligation).toMatchObject({
    recoveryMs: 10_050 + 50,
    cause: { name: 'respawn of the worker', setting: null },
  })
})
