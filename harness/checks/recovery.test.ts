import { describe, expect, test } from 'vitest'
import { foundIn, judged } from '../../test/support/judged-record.ts'
import { event, killed, recordOf, storedRecord } from '../../test/support/stored-record.ts'
import type { TimelineEntry } from '../record/timeline.ts'
import { judgeRecord } from './judge-record.ts'
import { recovery } from './recovery.ts'

const record = await storedRecord('due-after-the-outage')

function allowed(budgetMs: number) {
  return { ...record, header: { ...record.header, budgetMs } }
}

test('recovery within the budget keeps the promise', () => {
  expect(judged(recovery, allowed(2_000))).toEqual({ status: 'kept', findings: [] })
})

test('recovery over the budget names what it waited for', () => {
  expect(foundIn(allowed(1))).toEqual([
    {
      check: 'recovery',
      kind: 'liveness',
      message: expect.stringMatching(
        /^timer 1 of .* recovered in 1\.68 s, over the budget of 1 ms: .*\(stickyQueueScheduleToStartTimeout\)/,
      ),
    },
  ])
})

test('an obligation that was never settled', () => {
  const open = recordOf([event(1, 0, 'WorkflowTaskScheduled')], killed(1_000))
  expect(judged(recovery, open)).toEqual({
    status: 'broken',
    findings: [
      {
        kind: 'liveness',
        message: 'workflow task 1 of w was open when kill-worker struck and was never settled',
        window: { fromMs: 1_000, untilMs: 60_000 },
        lateByMs: 54_000,
      },
    ],
  })
})

describe('work that hangs until the end', () => {
  const moment: TimelineEntry = {
    kind: 'moment',
    atMs: 500,
    name: 'timer 1 of w',
    workflowId: 'w',
    runId: 'r',
    lasting: true,
    eventId: '2',
  }
  /** The moment was over when the fault struck, so the run has not tested what it claims. */
  const history = [
    event(1, 0, 'WorkflowExecutionStarted'),
    event(2, 400, 'TimerStarted', { timerId: '1', startToFireTimeout: '1s' }),
    event(3, 900, 'TimerCanceled', { timerId: '1', startedEventId: '2' }),
    event(4, 950, 'ActivityTaskScheduled', { activityId: '1', activityType: { name: 'charge' } }),
  ]
  const hanging = (faulty: TimelineEntry[], events = history) =>
    judgeRecord(recordOf(events, [moment, ...faulty]), '.')

  test('decides, whatever the run did not test', () => {
    const { verdict, reason } = hanging(killed(1_000, 1_600))
    expect({ verdict, reason }).toEqual({
      verdict: 'fail',
      reason: 'activity 1 charge of w was open when kill-worker struck and was never settled',
    })
  })

  test.each([
    ['the worker never came back', killed(1_000)],
    ['it came back too late to tell', killed(1_000, 56_000)],
    ['the fault was not proven', killed(1_000, 1_600).filter(({ kind }) => kind !== 'fault-confirmed')],
  ])('does not if %s', (_, faulty) => {
    expect(hanging(faulty).verdict).toBe('inconclusive')
  })

  test('nor if the run ended before its deadline', () => {
    const record = recordOf(history, [moment, ...killed(1_000, 1_600)])
    const timeline = record.timeline.map((entry) =>
      entry.kind === 'ended' ? { ...entry, atMs: 20_000 } : entry,
    )
    expect(judgeRecord({ ...record, timeline }, '.').verdict).toBe('inconclusive')
  })

  test('nor does a timer that is not due by then', () => {
    const asleep = event(5, 960, 'TimerStarted', { timerId: '2', startToFireTimeout: '2592000s' })
    expect(hanging(killed(1_000, 1_600), [...history.slice(0, 3), asleep]).verdict).toBe('inconclusive')
  })
})

test('one that nobody could take says whose queue was polled by nobody, and since when', () => {
  const started = event(1, 0, 'WorkflowExecutionStarted', { taskQueue: { name: 'orders' } })
  const unpolled = {
    kind: 'queue-unpolled',
    atMs: 9_000,
    queue: 'orders',
    polls: 'workflow',
    tasks: 1,
    ageMs: 7_500,
    sinceMs: 1_700,
  } as const
  const open = recordOf([started, event(2, 10, 'WorkflowTaskScheduled')], [...killed(1_000, 1_600), unpolled])
  expect(judged(recovery, open).findings).toMatchObject([
    {
      message:
        'workflow task 2 of w was open when kill-worker struck and was never settled: ' +
        'nobody polls orders for workflow tasks since 1.70 s',
    },
  ])
})

test('a run without obligations is not checked', () => {
  const idle = recordOf([event(1, 1, 'WorkflowExecutionStarted')], killed(1_000, 1_600))
  expect(judged(recovery, idle)).toEqual({
    status: 'not-checked',
    findings: [],
    why: 'no workflow had open work during a fault',
  })
})
