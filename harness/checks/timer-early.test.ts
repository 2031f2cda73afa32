import { describe, expect, test } from 'vitest'
import { foundIn, judged, onEvent, withHistory } from '../../test/support/judged-record.ts'
import { event, recordOf, skip, skipRequest, storedRecord } from '../../test/support/stored-record.ts'
import type { HistoryEvent } from '../history/event.ts'
import type { EntryOf } from '../record/timeline.ts'
import { analyse } from '../analysis/analyse.ts'
import { timerEarly } from './timer-early.ts'

const hourMs = 3_600_000

const asleep = event(1, 0, 'TimerStarted', { timerId: '1', startToFireTimeout: '7200s' })

function fired(id: number, atMs: number): HistoryEvent {
  return event(id, atMs, 'TimerFired', { timerId: '1', startedEventId: '1' })
}

function messagesOf(...events: HistoryEvent[]): string[] {
  return timerEarly.judge(analyse(recordOf(events, []))).findings.map(({ message }) => message)
}

test.each(['a-day-was-skipped', 'due-after-the-outage'] as const)(
  'the timers of the real run %s keep the promise',
  async (name) => {
    expect(judged(timerEarly, await storedRecord(name))).toEqual({ status: 'kept', findings: [] })
  },
)

test('a timer that fired early', async () => {
  const record = withHistory(
    await storedRecord('due-after-the-outage'),
    onEvent('EVENT_TYPE_TIMER_FIRED', (one) => ({
      ...one,
      eventTime: new Date(Date.parse(one.eventTime) - 1_000).toISOString(),
    })),
  )
  expect(foundIn(record)).toContainEqual({
    check: 'timer-early',
    kind: 'safety',
    message: expect.stringMatching(/^timer 1 of .* fired [\d.]+ ms early$/),
  })
})

test('a run in which no timer fired is not checked', () => {
  expect(judged(timerEarly, recordOf([asleep], []))).toEqual({
    status: 'not-checked',
    findings: [],
    why: 'no timer fired',
  })
})

describe('if the server skips time', () => {
  const request = skipRequest(2, 1_000, 2 * hourMs)

  test('a timer fires on time by the clock of its workflow', () => {
    expect(messagesOf(asleep, request, skip(3, 1_000, 2 * hourMs), fired(4, 2 * hourMs + 10))).toEqual([])
  })

  test('one that fires before is early, even right after a skip that was too short', () => {
    const tooShort = skip(3, 1_000, hourMs)
    expect(messagesOf(asleep, request, tooShort, fired(4, hourMs + 10))).toEqual([
      `timer 1 of w fired ${(hourMs - 10).toFixed(1)} ms early`,
    ])
  })

  test('a skip that is longer than requested, or was not requested, makes all timers early', () => {
    const far = skip(3, 1_000, 3 * hourMs + 1_000)
    expect(messagesOf(asleep, request, far, fired(4, 3 * hourMs + 1_010))).toEqual([
      '3 h 00 min of the time of w were skipped, 2 h 00 min were requested',
    ])
    expect(messagesOf(asleep, skip(2, 1_000, 2 * hourMs + 1_000))).toEqual([
      '2 h 00 min of the time of w were skipped, 0 ms were requested',
    ])
  })

  test('a skip requested for one run may happen in the next of its chain', () => {
    const record = recordOf([asleep, request], [])
    const next: EntryOf<'workflow'> = {
      kind: 'workflow',
      atMs: 1_100,
      workflowId: 'w',
      runId: 'next',
      workflow: 'demo',
      origin: 'chain',
      fromRunId: 'r',
      golden: null,
    }
    const events = [skip(1, 1_200, 2 * hourMs)]
    const { findings } = timerEarly.judge(
      analyse({
        ...record,
        timeline: [...record.timeline, next],
        observations: [...record.observations, { kind: 'history', workflowId: 'w', runId: 'next', events }],
      }),
    )
    expect(findings).toEqual([])
  })
})
