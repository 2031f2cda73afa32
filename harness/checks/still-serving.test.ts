import { expect, test } from 'vitest'
import { foundIn, judged } from '../../test/support/judged-record.ts'
import { recordOf, storedRecord } from '../../test/support/stored-record.ts'
import { formatDuration } from '../core/duration.ts'
import type { RunRecord } from '../record/record.ts'
import type { TimelineEntry } from '../record/timeline.ts'
import { judgeRecord } from './judge-record.ts'
import { stillServing } from './still-serving.ts'

const record = await storedRecord('due-after-the-outage')
const endedAt = record.timeline.findIndex(({ kind }) => kind === 'ended')
const endedMs = record.timeline[endedAt]?.atMs ?? 0

/** The good record with this entry at its end. */
function endingWith(entry: TimelineEntry): RunRecord {
  return { ...record, timeline: record.timeline.toSpliced(endedAt, 0, entry) }
}

function polling(answered: boolean): TimelineEntry {
  return { kind: 'still-polling', atMs: endedMs, identity: 'worker-1#2', answered }
}

function working(answered: boolean): TimelineEntry {
  return { kind: 'still-working', atMs: endedMs, queue: 'q', askedMs: endedMs - 10_000, answered }
}

test('workers that poll and new work that is done keep the promise', () => {
  expect(judged(stillServing, recordOf([], [polling(true), working(true)]))).toEqual({
    status: 'kept',
    findings: [],
  })
})

test.each([
  [polling(false), `worker-1#2 is up and polls nothing, by ${formatDuration(endedMs)}`],
  [working(false), 'a new workflow on q was not done within 10.00 s, though its workers should serve'],
])('a worker that hangs once the awaited work is done', (entry, message) => {
  expect(foundIn(endingWith(entry))).toEqual([{ check: 'still-serving', kind: 'liveness', message }])
  expect(judgeRecord(endingWith(entry), '.').verdict).toBe('fail')
})

test('tasks that nobody polls for fail the run, whatever else the scenario could not test', () => {
  const message = '0 pollers on q for workflow tasks since 8.00 s, though worker-1#2 should serve'
  const code = 'CHAOS_QUEUE_UNPOLLED'
  const error = { kind: 'error', atMs: endedMs, code, errorKind: 'unmet', message } as const
  const timeline = endingWith(error).timeline.filter(({ kind }) => kind !== 'fault-confirmed')
  expect(judgeRecord({ ...record, timeline }, '.')).toMatchObject({ verdict: 'fail', reason: message })
})

test('each finding knows since when an answer, or a poll, was owed', () => {
  const windows = (...entries: TimelineEntry[]) =>
    judged(stillServing, recordOf([], entries)).findings.map(({ window }) => window)
  const asked = { ...polling(false), askedMs: endedMs - 9_000 } as TimelineEntry
  expect(windows(asked, working(false))).toEqual([
    { fromMs: endedMs - 9_000, untilMs: endedMs },
    { fromMs: endedMs - 10_000, untilMs: endedMs },
  ])
  const error = { kind: 'error', code: 'CHAOS_QUEUE_UNPOLLED', errorKind: 'unmet', message: '' } as const
  const unpolled = {
    kind: 'queue-unpolled',
    polls: 'workflow',
    tasks: 1,
    sinceMs: null,
    ageMs: 7_000,
  } as const
  const at = { queue: 'q', atMs: 30_000 }
  expect(
    windows(
      { ...unpolled, ...at },
      { ...unpolled, queue: 'other', atMs: 40_000 },
      { ...error, atMs: 30_001, subject: 'q' },
    ),
  ).toEqual([{ fromMs: 23_000, untilMs: 30_000 }])
  expect(windows({ ...error, atMs: 30_001 })).toEqual([undefined])
})

test('a run in which nobody could be asked is not checked, and says why', () => {
  expect(judged(stillServing, record)).toEqual({
    status: 'not-checked',
    findings: [],
    why: 'no worker was asked at the end',
  })
  const why = 'no time was left to ask at the end'
  const unavailable = { kind: 'unavailable', observation: 'still-serving', why } as const
  const observations = [...record.observations, unavailable]
  expect(judged(stillServing, { ...record, observations })).toMatchObject({ status: 'not-checked', why })
})
