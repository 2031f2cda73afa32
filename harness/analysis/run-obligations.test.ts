import { describe, expect, test } from 'vitest'
import {
  asleep,
  asleepForADay,
  begun,
  figuresOf,
  obligationsOf,
  skippedToIt,
  skippedTooLittle,
  sticky,
  woken,
} from '../../test/support/analysed-record.ts'
import { event, killed, recordOf, updateSent } from '../../test/support/stored-record.ts'
import type { EntryOf, TimelineEntry } from '../record/timeline.ts'

describe('a timer', () => {
  test('waits from its due time until the workflow task that consumed it is completed', () => {
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
        waitedMs: {
          'sticky schedule-to-start timeout': 1_000,
          'lateness of the server': 10,
          'replay and workflow code': 20,
          dispatch: 20,
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

  test('is not settled by firing, nor by a workflow task that was started before', () => {
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

  test('that a skip led to is due at the skip, and waits from then on', () => {
    const record = recordOf([...asleepForADay, ...skippedToIt, ...woken], killed(2_000, 2_600))
    expect(obligationsOf(record)).toMatchObject([
      {
        kind: 'timer',
        dueMs: 5_000,
        latenessMs: 800,
        redispatchedMs: 5_830,
        settledMs: 5_850,
        recoveryMs: 850,
      },
    ])
  })

  test('is due without the skip if the skip was too short', () => {
    const open = recordOf([...asleepForADay, ...skippedTooLittle], killed(2_000, 2_600))
    expect(obligationsOf(open)).toMatchObject([
      { kind: 'timer', dueMs: 11_000, latenessMs: null, settledMs: null },
    ])
  })

  test('is no obligation if it fired before the fault or was started after the return', () => {
    const before = [...asleep, event(5, 1_900, 'TimerFired', { timerId: '1', startedEventId: '4' })]
    expect(obligationsOf(recordOf(before, killed(2_000, 2_600)))).toEqual([])
    expect(obligationsOf(recordOf(asleep, killed(200, 800)))).toEqual([])
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
        event(6, 3_050, 'WorkflowTaskCompleted', {
          scheduledEventId: '4',
          startedEventId: '5',
          sdkMetadata: { sdkName: 'temporal-typescript' },
        }),
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

  test('a task that came while the worker was down is an obligation, whatever caused it', () => {
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

  test('open work of a closed workflow is no obligation', () => {
    const record = recordOf([...asleep, event(5, 2_700, 'WorkflowExecutionCompleted')], killed(2_000, 2_600))
    expect(obligationsOf(record)).toEqual([])
  })

  test('a signal that was accepted while the worker was down waits from then on', () => {
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

describe('a child', () => {
  const initiated = event(4, 1_000, 'StartChildWorkflowExecutionInitiated', { workflowId: 'c' })

  test('waits for its start and for the consumption of its end, not for its own work', () => {
    const record = recordOf(
      [
        ...begun,
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
    expect(figuresOf(record)).toEqual([{ subject: 'child c', dueMs: 2_000, recoveryMs: 350 }])
  })

  test('that never ended is never settled', () => {
    const record = recordOf([...begun, initiated], killed(2_000, 2_600))
    expect(figuresOf(record)).toEqual([{ subject: 'child c', dueMs: 2_000, recoveryMs: null }])
  })
})

describe('an update', () => {
  const answered: TimelineEntry = { kind: 'answered', atMs: 3_100, messageId: 'u1', answer: 'accepted' }
  const taken = [
    ...begun,
    event(4, 3_000, 'WorkflowTaskScheduled'),
    event(5, 3_020, 'WorkflowTaskStarted', { scheduledEventId: '4', identity: 'worker-1#2' }),
    event(6, 3_040, 'WorkflowTaskCompleted', { scheduledEventId: '4', startedEventId: '5' }),
    event(7, 3_040, 'WorkflowExecutionUpdateAccepted', { acceptedRequest: { meta: { updateId: 'u1' } } }),
  ]

  test('waits from its request until a worker has taken it', () => {
    const record = recordOf(taken, [...killed(2_000, 2_900), updateSent(2_200), answered])
    expect(figuresOf(record)).toContainEqual({
      subject: 'update amend #1 of ana',
      dueMs: 2_200,
      recoveryMs: 840,
    })
  })

  test('requested after the outage is no obligation of that outage, unless the workflow only waited', () => {
    const timeline = [...killed(2_000, 2_100), updateSent(2_200), answered]
    const timer = event(8, 1_000, 'TimerStarted', { timerId: '1', startToFireTimeout: '60s' })
    const subjects = (events: typeof taken) => figuresOf(recordOf(events, timeline)).map((one) => one.subject)
    expect(subjects([...taken, timer])).toEqual(['timer 1'])
    expect(subjects(taken)).toEqual(['update amend #1 of ana'])
  })

  test('that nobody took is never settled', () => {
    const record = recordOf(begun, [...killed(2_000, 2_900), updateSent(2_200)])
    expect(figuresOf(record)).toEqual([{ subject: 'update amend #1 of ana', dueMs: 2_200, recoveryMs: null }])
  })
})

/**
 * The obligation of an update requested during a worker's outage that does not appear in the run's own
 * history.
 */
function owed(answer: EntryOf<'answered'>['answer']): unknown[] {
  const answered: TimelineEntry = { kind: 'answered', atMs: 3_100, messageId: 'u1', answer }
  const record = recordOf(
    [event(1, 0, 'WorkflowExecutionStarted')],
    [...killed(2_000, 2_900), updateSent(2_200), answered],
  )
  return obligationsOf(record).filter(({ kind }) => kind === 'update')
}

test('an update that was rejected waited until its client was told', () => {
  expect(owed('rejected')).toHaveLength(1)
})

test.each(['accepted', 'failed'] as const)(
  'one that %s is an obligation of the run that has it',
  (answer) => {
    expect(owed(answer)).toEqual([])
  },
)
