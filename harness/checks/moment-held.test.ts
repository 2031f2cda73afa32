import { expect, test } from 'vitest'
import { foundIn, judged } from '../../test/support/judged-record.ts'
import { event, killed, recordOf, storedRecord } from '../../test/support/stored-record.ts'
import type { TimelineEntry } from '../record/timeline.ts'
import { momentHeld } from './moment-held.ts'

const record = await storedRecord('due-after-the-outage')

test('a fault that struck in its moment keeps the promise', () => {
  expect(judged(momentHeld, record)).toEqual({ status: 'kept', findings: [] })
})

test('a fault that struck after the moment had passed', () => {
  const late = record.timeline.map((entry) =>
    entry.kind === 'fault' || entry.kind === 'fault-confirmed' || entry.kind === 'exited'
      ? { ...entry, atMs: entry.atMs + 20_000 }
      : entry,
  )
  expect(foundIn({ ...record, timeline: late })).toContainEqual({
    check: 'moment-held',
    kind: 'assumption',
    message: expect.stringMatching(/^kill-worker struck too late: TimerFired was \d+ ms before$/),
  })
})

test.each([
  ['while the timer runs', 100, []],
  [
    'after it has fired',
    20_000,
    [
      {
        check: 'moment-held',
        kind: 'assumption',
        message: expect.stringMatching(/: the moment was over, TimerFired was \d+ ms before$/),
      },
    ],
  ],
])('a scenario’s claim that a moment lasts: %s', (_, afterMs, expected) => {
  const timeline = record.timeline.flatMap((entry): TimelineEntry[] =>
    entry.kind === 'moment'
      ? [entry, { ...entry, kind: 'held' as const, atMs: entry.atMs + afterMs }]
      : [entry],
  )
  expect(foundIn({ ...record, timeline })).toEqual(expected)
})

test('a moment whose event is missing in the final history', () => {
  const timeline = record.timeline.map((entry) =>
    entry.kind === 'moment' ? { ...entry, eventId: '999' } : entry,
  )
  expect(judged(momentHeld, { ...record, timeline }).findings).toEqual([
    {
      kind: 'assumption',
      message: expect.stringMatching(/was seen, but event 999 is not in the final history$/),
    },
  ])
})

test.each([
  [
    'was over when the next one was reached: it was a stage on the way',
    800,
    { status: 'kept', findings: [] },
  ],
  [
    'was not, but over when the fault struck',
    950,
    {
      status: 'broken',
      findings: [
        { kind: 'assumption', message: 'kill-worker struck too late: TimerCanceled was 55 ms before' },
      ],
    },
  ],
])('an earlier moment of the same workflow that %s', (_, cancelledMs, answer) => {
  const history = [
    event(1, 0, 'WorkflowExecutionStarted'),
    event(2, 400, 'TimerStarted', { timerId: '1', startToFireTimeout: '30s' }),
    event(3, 790, 'ActivityTaskScheduled', { activityId: '1', activityType: { name: 'charge' } }),
    event(4, cancelledMs, 'TimerCanceled', { timerId: '1', startedEventId: '2' }),
  ]
  const moment = (atMs: number, eventId: string): TimelineEntry => ({
    kind: 'moment',
    atMs,
    name: 'm',
    workflowId: 'w',
    runId: 'r',
    lasting: true,
    eventId,
  })
  const timeline = [moment(450, '2'), moment(900, '3'), ...killed(1_000, 1_600)]
  expect(judged(momentHeld, recordOf(history, timeline))).toEqual(answer)
})

test('a scenario without a lasting moment is not checked', () => {
  expect(judged(momentHeld, recordOf([], killed(1_000, 1_600)))).toEqual({
    status: 'not-checked',
    findings: [],
    why: 'the scenario waits for no lasting moment',
  })
})
