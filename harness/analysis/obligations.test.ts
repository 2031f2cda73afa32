import { describe, expect, test } from 'vitest'
import { event, killed, recordOf, storedRecord, updateSent } from '../../fixtures/stored-record.ts'
import type { RunRecord } from '../record/record.ts'
import type { FaultEffect, TargetKind } from '../record/fault.ts'
import type { TimelineEntry } from '../record/timeline.ts'
import { analyse, type RunAnalysis } from './analyse.ts'
import { worstOf } from './obligations.ts'
import { faultResults } from './outage.ts'

function obligationsOf(record: RunRecord) {
  return analyse(record).obligations
}

/** The recovery of the run. */
function recoveryOf({ obligations, worstObligation }: RunAnalysis) {
  return worstObligation === null ? null : obligations[worstObligation]?.recoveryMs
}

const sticky = { taskQueue: { kind: 'TASK_QUEUE_KIND_STICKY' } }

/** A timer of 3 s that runs from 1,000 ms on. */
const asleep = [
  event(1, 900, 'WorkflowTaskScheduled'),
  event(2, 950, 'WorkflowTaskStarted', { scheduledEventId: '1', identity: 'worker-1#1' }),
  event(3, 1_000, 'WorkflowTaskCompleted', { scheduledEventId: '1', startedEventId: '2' }),
  event(4, 1_000, 'TimerStarted', { timerId: '1', startToFireTimeout: '3s' }),
]

describe('a timer', () => {
  test('owes from its due time until the workflow task that saw it is completed', () => {
    const record = recordOf(
      [
        ...asleep,
        event(5, 4_010, 'TimerFired', { timerId: '1', startedEventId: '4' }),
        event(6, 4_010, 'WorkflowTaskScheduled', sticky),
        event(7, 5_010, 'WorkflowTaskTimedOut', {
          scheduledEventId: '6',
          timeoutType: 'TIMEOUT_TYPE_SCHEDULE_TO_START',
        }),
        event(8, 5_010, 'WorkflowTaskScheduled'),
        event(9, 5_030, 'WorkflowTaskStarted', { scheduledEventId: '8', identity: 'worker-1#2' }),
        event(10, 5_050, 'WorkflowTaskCompleted', { scheduledEventId: '8', startedEventId: '9' }),
      ],
      killed(2_000, 2_600),
    )
    expect(obligationsOf(record)).toEqual([
      {
        workflowId: 'w',
        runId: 'r',
        kind: 'timer',
        subject: 'timer 1',
        fault: { kind: 'kill-worker', target: { kind: 'worker', name: 'worker-1#1' }, effect: 'dead' },
        faultIndex: 1,
        dueMs: 4_000,
        redispatchedMs: 5_030,
        settledMs: 5_050,
        recoveryMs: 1_050,
        redoneMs: null,
        latenessMs: 10,
        cause: {
          name: 'sticky schedule-to-start timeout',
          setting: 'stickyQueueScheduleToStartTimeout',
          observedMs: 1_000,
        },
      },
    ])
  })

  test('that fired while the worker was down waits for its return', () => {
    const record = recordOf(
      [
        ...asleep,
        event(5, 4_000, 'TimerFired', { timerId: '1', startedEventId: '4' }),
        event(6, 4_000, 'WorkflowTaskScheduled'),
        event(7, 6_520, 'WorkflowTaskStarted', { scheduledEventId: '6', identity: 'worker-1#2' }),
        event(8, 6_540, 'WorkflowTaskCompleted', { scheduledEventId: '6', startedEventId: '7' }),
      ],
      killed(2_000, 6_500),
    )
    expect(obligationsOf(record)).toMatchObject([
      {
        kind: 'timer',
        recoveryMs: 2_540,
        cause: { name: 'respawn of the worker', setting: null, observedMs: 2_500 },
      },
    ])
  })

  test('is not settled by having fired, nor by a workflow task that was started before', () => {
    const fired = [
      ...asleep,
      event(5, 4_000, 'WorkflowTaskScheduled'),
      event(6, 4_001, 'WorkflowTaskStarted', { scheduledEventId: '5', identity: 'worker-1#2' }),
      event(7, 4_002, 'TimerFired', { timerId: '1', startedEventId: '4' }),
      event(8, 4_003, 'WorkflowTaskCompleted', { scheduledEventId: '5', startedEventId: '6' }),
    ]
    const [timer] = obligationsOf(recordOf(fired, killed(2_000, 2_600)))
    expect(timer).toMatchObject({ kind: 'timer', settledMs: null, recoveryMs: null, cause: null })
  })

  test('owes nothing where it fired before the fault or was started after the return', () => {
    const before = [...asleep, event(5, 1_900, 'TimerFired', { timerId: '1', startedEventId: '4' })]
    expect(obligationsOf(recordOf(before, killed(2_000, 2_600)))).toEqual([])
    expect(obligationsOf(recordOf(asleep, killed(200, 800)))).toEqual([])
  })
})

describe('an activity', () => {
  const scheduled = [
    event(1, 900, 'WorkflowTaskScheduled'),
    event(2, 950, 'WorkflowTaskStarted', { scheduledEventId: '1', identity: 'worker-1#1' }),
    event(3, 1_000, 'WorkflowTaskCompleted', { scheduledEventId: '1', startedEventId: '2' }),
    event(4, 1_000, 'ActivityTaskScheduled', { activityId: '1', activityType: { name: 'charge' } }),
  ]

  test('is counted by its waiting; its work is reported beside it', () => {
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

  test('that nobody brought to its end waited until it timed out, and then for the sticky queue', () => {
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
        cause: { name: 'start-to-close timeout', setting: 'startToCloseTimeout', observedMs: 9_010 },
      },
    ])
  })

  test('names the sticky queue where its outcome waited longer than the activity itself', () => {
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
    const analysis = analyse(recordOf(scheduled, killed(2_000, 2_600)))
    expect(analysis.obligations).toMatchObject([{ kind: 'activity', recoveryMs: null }])
    expect(recoveryOf(analysis)).toBeNull()
  })
})

describe('a workflow task and a signal', () => {
  test('a task that a dead worker held waits for the workflow task timeout', () => {
    const record = recordOf(
      [
        event(1, 1_000, 'WorkflowTaskScheduled'),
        event(2, 1_010, 'WorkflowTaskStarted', { scheduledEventId: '1', identity: 'worker-1#1' }),
        event(3, 3_010, 'WorkflowTaskTimedOut', {
          scheduledEventId: '1',
          startedEventId: '2',
          timeoutType: 'TIMEOUT_TYPE_START_TO_CLOSE',
        }),
        event(4, 3_010, 'WorkflowTaskScheduled'),
        event(5, 3_030, 'WorkflowTaskStarted', { scheduledEventId: '4', identity: 'worker-1#2' }),
        event(6, 3_050, 'WorkflowTaskCompleted', { scheduledEventId: '4', startedEventId: '5' }),
      ],
      killed(1_200, 1_800),
    )
    expect(obligationsOf(record)).toMatchObject([
      {
        kind: 'workflow-task',
        dueMs: 1_200,
        recoveryMs: 1_850,
        cause: { name: 'workflow task timeout', setting: 'workflowTaskTimeout', observedMs: 2_000 },
      },
    ])
  })

  test('a task that came while the worker was down is owed, whatever brought it', () => {
    const record = recordOf(
      [
        event(1, 1_300, 'WorkflowExecutionStarted'),
        event(2, 1_300, 'WorkflowTaskScheduled'),
        event(3, 21_300, 'WorkflowTaskStarted', { scheduledEventId: '2', identity: 'worker-1#2' }),
        event(4, 21_350, 'WorkflowTaskCompleted', { scheduledEventId: '2', startedEventId: '3' }),
      ],
      killed(1_200, 1_800),
    )
    expect(obligationsOf(record)).toMatchObject([{ kind: 'workflow-task', dueMs: 1_300, recoveryMs: 20_050 }])
  })

  test('what a closed workflow left open is not owed', () => {
    const record = recordOf([...asleep, event(5, 2_700, 'WorkflowExecutionCompleted')], killed(2_000, 2_600))
    expect(obligationsOf(record)).toEqual([])
  })

  test('a signal that was accepted while the worker was down owes from then on', () => {
    const record = recordOf(
      [
        event(1, 1_500, 'WorkflowExecutionSignaled', { signalName: 'decide' }),
        event(2, 1_500, 'WorkflowTaskScheduled'),
        event(3, 1_900, 'WorkflowTaskStarted', { scheduledEventId: '2', identity: 'worker-1#2' }),
        event(4, 1_910, 'WorkflowTaskCompleted', { scheduledEventId: '2', startedEventId: '3' }),
      ],
      killed(1_200, 1_880),
    )
    expect(obligationsOf(record)).toMatchObject([
      { kind: 'signal', subject: 'signal decide', dueMs: 1_500, recoveryMs: 410 },
    ])
  })
})

describe('stored records of real runs', () => {
  test('a timer due after the outage waited for the sticky queue to be given up', async () => {
    const analysis = analyse(await storedRecord('due-after-the-outage'))
    expect(analysis.obligations).toMatchObject([
      { kind: 'timer', cause: { setting: 'stickyQueueScheduleToStartTimeout' } },
    ])
    expect(recoveryOf(analysis)).toBeCloseTo(1_677, 0)
  })

  test('a timer due during the outage waited for the worker', async () => {
    const analysis = analyse(await storedRecord('due-during-the-outage'))
    expect(analysis.obligations).toMatchObject([{ kind: 'timer', cause: { name: 'respawn of the worker' } }])
    expect(recoveryOf(analysis)).toBeCloseTo(2_720.9, 0)
  })
})

test.for([
  ['nothing was owed', [], null],
  ['the longest wait', [10, 4_000, 30], 1],
  ['the first of two as long', [10, 4_000, 4_000], 1],
  ['one that was never settled', [10, null, 4_000, null], 1],
  ['one that did not wait at all', [0], 0],
] as const)('the worst obligation of a run: %s', ([, waits, worst]) => {
  expect(worstOf(waits.map((recoveryMs) => ({ recoveryMs })))).toBe(worst)
})

/** What the owed is called, when it was due, and how long it waited. */
const figures = (record: Parameters<typeof obligationsOf>[0]) =>
  obligationsOf(record).map(({ subject, dueMs, recoveryMs }) => ({ subject, dueMs, recoveryMs }))

describe('a child', () => {
  const initiated = event(4, 1_000, 'StartChildWorkflowExecutionInitiated', { workflowId: 'c' })

  test('owes its start, and that its end is consumed; the work between is its own', () => {
    const record = recordOf(
      [
        ...asleep.slice(0, 3),
        initiated,
        event(5, 2_300, 'ChildWorkflowExecutionStarted', { initiatedEventId: '4' }),
        event(6, 9_000, 'ChildWorkflowExecutionCompleted', { initiatedEventId: '4' }),
        event(7, 9_000, 'WorkflowTaskScheduled'),
        event(8, 9_040, 'WorkflowTaskStarted', { scheduledEventId: '7', identity: 'worker-1#2' }),
        event(9, 9_050, 'WorkflowTaskCompleted', { scheduledEventId: '7', startedEventId: '8' }),
      ],
      killed(2_000, 2_600),
    )
    // 300 ms from t0 until it was started, 50 ms from its end until that was consumed.
    expect(figures(record)).toEqual([{ subject: 'child c', dueMs: 2_000, recoveryMs: 350 }])
  })

  test('that never ended is never settled', () => {
    const record = recordOf([...asleep.slice(0, 3), initiated], killed(2_000, 2_600))
    expect(figures(record)).toEqual([{ subject: 'child c', dueMs: 2_000, recoveryMs: null }])
  })
})

describe('an update', () => {
  const answered: TimelineEntry = { kind: 'answered', atMs: 3_100, messageId: 'u1', answer: 'accepted' }
  const taken = [
    ...asleep.slice(0, 3),
    event(4, 3_000, 'WorkflowTaskScheduled'),
    event(5, 3_020, 'WorkflowTaskStarted', { scheduledEventId: '4', identity: 'worker-1#2' }),
    event(6, 3_040, 'WorkflowTaskCompleted', { scheduledEventId: '4', startedEventId: '5' }),
    event(7, 3_040, 'WorkflowExecutionUpdateAccepted', { acceptedRequest: { meta: { updateId: 'u1' } } }),
  ]

  test('owes from when it was asked for until a worker has taken it', () => {
    const record = recordOf(taken, [...killed(2_000, 2_900), updateSent(2_200), answered])
    expect(figures(record)).toContainEqual({
      subject: 'update amend #1 of ana',
      dueMs: 2_200,
      recoveryMs: 840,
    })
  })

  test('asked for after the outage it is owed nothing under it', () => {
    const record = recordOf(taken, [...killed(2_000, 2_100), updateSent(2_200), answered])
    expect(figures(record).map(({ subject }) => subject)).not.toContain('update amend #1 of ana')
  })

  test('that nobody took is never settled', () => {
    const record = recordOf(asleep.slice(0, 3), [...killed(2_000, 2_900), updateSent(2_200)])
    expect(figures(record)).toEqual([{ subject: 'update amend #1 of ana', dueMs: 2_200, recoveryMs: null }])
  })
})

describe('the outage of a service', () => {
  const fired = [
    ...asleep,
    event(5, 7_100, 'TimerFired', { timerId: '1', startedEventId: '4' }),
    event(6, 7_100, 'WorkflowTaskScheduled'),
    event(7, 7_200, 'WorkflowTaskStarted', { scheduledEventId: '6', identity: 'worker-1#1' }),
    event(8, 7_250, 'WorkflowTaskCompleted', { scheduledEventId: '6', startedEventId: '7' }),
  ]
  const injected = (
    fault: number,
    effect: FaultEffect,
    name: string,
    atMs: number,
    untilMs: number,
    kind: TargetKind = 'service',
  ): TimelineEntry[] => [
    { kind: 'fault', atMs, fault, faultKind: 'a-fault', target: { kind, name }, effect },
    { kind: 'fault-confirmed', atMs: atMs + 5, fault, evidence: { state: 'as it was made' } },
    { kind: 'serving', atMs: untilMs, target: name, evidence: { pid: 7 } },
  ]

  test.for([
    ['dead', 'temporal-server'],
    ['frozen', 'temporal-server'],
    ['frozen', 'postgres'],
    ['cut', 'postgres'],
  ] as const)(
    'that leaves a service %s is reported apart: nothing is due while it lasts',
    ([effect, name]) => {
      const record = recordOf(fired, injected(1, effect, name, 2_000, 7_000))
      expect(figures(record)).toEqual([{ subject: 'timer 1', dueMs: 7_000, recoveryMs: 250 }])
      expect(faultResults(analyse(record).outages)).toMatchObject([
        { target: { kind: 'service', name }, effect, startedAtMs: 2_000, outageMs: 5_000 },
      ])
    },
  )

  test.for(['wire', 'dependency'] as const)(
    'of a %s is no outage of a service: what was due stays due',
    (kind) => {
      const record = recordOf(fired, injected(1, 'cut', 'frontend', 2_000, 7_000, kind))
      expect(figures(record)).toEqual([{ subject: 'timer 1', dueMs: 4_000, recoveryMs: 3_250 }])
      expect(faultResults(analyse(record).outages).map(({ outageMs }) => outageMs)).toEqual([5_000])
    },
  )

  test('is over when the service itself serves, not when another one does', () => {
    const record = recordOf(fired, [
      ...injected(1, 'frozen', 'postgres', 2_000, 7_000),
      { kind: 'serving', atMs: 3_000, target: 'temporal-server', evidence: { pid: 7 } },
    ])
    expect(faultResults(analyse(record).outages).map(({ outageMs }) => outageMs)).toEqual([5_000])
  })

  test('that the scenario never ended has no length, and spoils no figure', () => {
    const [fault, confirmed] = injected(1, 'frozen', 'postgres', 2_000, 7_000)
    const entries = [fault, confirmed].filter((entry) => entry !== undefined)
    expect(faultResults(analyse(recordOf(fired, entries)).outages).map(({ outageMs }) => outageMs)).toEqual([
      null,
    ])
  })

  test.for([
    ['a heartbeat timeout lasts', 8_100, '1s', { name: 'heartbeat timeout', observedMs: 1_000 }],
    ['one without a known length', 8_100, undefined, { name: 'heartbeat timeout', observedMs: 1_100 }],
    ['a long one', 11_500, '10s', { name: 'heartbeat timeout', observedMs: 4_500 }],
    ['what is waited for after it', 11_500, '1s', { name: 'dispatch', setting: null, observedMs: 3_550 }],
  ] as const)('is no part of how long %s', ([, startedMs, heartbeatTimeout, cause]) => {
    const doneMs = startedMs + 500
    const record = recordOf(
      [
        ...asleep.slice(0, 3),
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

  test('is no part of how long a workflow task that it ended was seen to last', () => {
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
    ['dispatch', 8_000, 1_550],
    ['dispatch', 7_050, 2_500],
  ] as const)(
    'leaves the worker polling again by its own backoff: %s, at %d ms',
    ([name, atMs, observedMs]) => {
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
    },
  )

  test('with another beside it, nothing is due until both serve', () => {
    const record = recordOf(fired, [
      ...injected(1, 'dead', 'temporal-server', 2_000, 7_000),
      ...injected(2, 'dead', 'postgres', 2_001, 3_000),
    ])
    expect(figures(record).map(({ dueMs }) => dueMs)).toEqual([7_000, 7_000])
  })
})

test('a worker that leaves while its next incarnation is up leaves no outage behind', () => {
  const [ready, fault, exited, confirmed] = killed(2_000)
  const beside: TimelineEntry = {
    kind: 'incarnation',
    phase: 'ready',
    atMs: 1_500,
    worker: 'worker-1',
    incarnation: 2,
    identity: 'worker-1#2',
    pid: 12,
  }
  const entries = [ready, beside, fault, exited, confirmed].filter((entry) => entry !== undefined)
  expect(faultResults(analyse(recordOf(asleep, entries)).outages).map(({ outageMs }) => outageMs)).toEqual([
    5,
  ])
})
