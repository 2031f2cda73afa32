import { expect, test } from 'vitest'
import { judged } from '../../test/support/judged-record.ts'
import { event, killed, recordOf, skip, storedRecord } from '../../test/support/stored-record.ts'
import type { HistoryEvent } from '../history/event.ts'
import { retries } from './retries.ts'

const policy = { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '3s', maximumAttempts: 5 }

const scheduled = (retryPolicy: object | undefined = policy) =>
  event(5, 1_000, 'ActivityTaskScheduled', { activityId: '1', activityType: { name: 'pay' }, retryPolicy })

const started = (attempt: number, atMs: number, lastFailure: object = {}) =>
  event(6, atMs, 'ActivityTaskStarted', { scheduledEventId: '5', attempt, lastFailure })

const judgedOf = (...events: HistoryEvent[]) => judged(retries, recordOf(events, killed(1_500, 1_900)))
const kept = { status: 'kept', findings: [] }
const broken = (message: string) => ({ status: 'broken', findings: [{ kind: 'safety', message }] })

// The pauses are 1, 2, 3 and 3 s: the fourth attempt comes 6 s after the schedule at the earliest.
test.each([7_000, 6_960, 60_000])(
  'attempts with the pauses of the policy between them: the fourth at %d ms',
  (atMs) => {
    expect(judgedOf(scheduled(), started(4, atMs))).toEqual(kept)
  },
)

test('an attempt that comes too soon', () => {
  expect(judgedOf(scheduled(), started(4, 6_500))).toEqual(
    broken(
      'activity 1 pay of w was tried for the 4th time 5500 ms after it was scheduled, and the pauses of its retry policy add up to 6000 ms',
    ),
  )
})

test('more attempts than the policy allows', () => {
  expect(judgedOf(scheduled(), started(6, 60_000))).toEqual(
    broken('activity 1 pay of w was tried 6 times, and its retry policy allows 5'),
  )
})

test('time that the server skipped counts as passed', () => {
  expect(judgedOf(scheduled(), skip(4, 1_100, 7_500), started(4, 7_600))).toEqual(kept)
})

test('an activity that names its own pause, has no policy, or is tried once: not checked', async () => {
  const own = { applicationFailureInfo: { nextRetryDelay: '0.100s' } }
  const notChecked = { status: 'not-checked', why: 'no activity was tried again' }
  expect(judgedOf(scheduled(), started(2, 1_200, own))).toMatchObject(notChecked)
  expect(judgedOf(event(5, 1_000, 'ActivityTaskScheduled'), started(2, 1_200))).toMatchObject(notChecked)
  expect(judgedOf(scheduled(), started(1, 1_010))).toMatchObject(notChecked)
  expect(judged(retries, await storedRecord('due-after-the-outage')).findings).toEqual([])
})
