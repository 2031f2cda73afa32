import { expect, test } from 'vitest'
import { foundIn, judged } from '../../test/support/judged-record.ts'
import { killed, recordOf, storedRecord } from '../../test/support/stored-record.ts'
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

test('a scenario without a lasting moment is not checked', () => {
  expect(judged(momentHeld, recordOf([], killed(1_000, 1_600)))).toEqual({
    status: 'not-checked',
    findings: [],
    why: 'the scenario waits for no lasting moment',
  })
})
