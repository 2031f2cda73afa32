import { describe, expect, test } from 'vitest'
import { foundIn, judged, onEvent, withHistory } from '../../test/support/judged-record.ts'
import { event, killed, recordOf, storedRecord } from '../../test/support/stored-record.ts'
import { eventAttributes } from '../history/event.ts'
import type { RunRecord } from '../record/record.ts'
import type { TimelineEntry } from '../record/timeline.ts'
import { historyPrefix } from './history-prefix.ts'

const record = await storedRecord('due-after-the-outage')

test('captured events that still exist keep the promise', () => {
  expect(judged(historyPrefix, record)).toEqual({ status: 'kept', findings: [] })
})

test('a stored event that is gone', () => {
  const shorter = withHistory(record, (events) => events.filter(({ eventId }) => eventId !== '7'))
  expect(foundIn(shorter)).toContainEqual({
    check: 'history-prefix',
    kind: 'safety',
    message: expect.stringMatching(/^event 7 \w+ of .* was stored and is gone$/),
  })
})

test('a stored event that has changed', () => {
  const changed = withHistory(
    record,
    onEvent('EVENT_TYPE_TIMER_STARTED', (one) => ({
      ...one,
      timerStartedEventAttributes: { ...eventAttributes(one), startToFireTimeout: '2s' },
    })),
  )
  expect(foundIn(changed)).toEqual([
    {
      check: 'history-prefix',
      kind: 'safety',
      message: expect.stringMatching(/TimerStarted .* is now a different/),
    },
  ])
})

test('transient workflow task events at the end were never stored', () => {
  const [first] = record.captures
  if (first === undefined) throw new Error('captures expected')
  const { taskId: _, ...transient } = event(99, 1, 'WorkflowTaskScheduled', { attempt: 2 })
  const captures = [...record.captures, { ...first, event: transient }]
  expect(foundIn({ ...record, captures })).toEqual([])
})

test('a history without any captured event is not checked, and the harness says so', () => {
  expect(foundIn({ ...record, captures: [] })).toEqual([
    {
      check: 'history-prefix',
      kind: 'harness',
      message: expect.stringMatching(/its prefix was not checked$/),
    },
  ])
  expect(judged(historyPrefix, { ...record, captures: [] }).status).toBe('not-checked')
})

test('a run that was never followed is not checked', () => {
  expect(judged(historyPrefix, recordOf([], []))).toEqual({
    status: 'not-checked',
    findings: [],
    why: 'no history was captured',
  })
})

describe('a history that could not be followed for a while', () => {
  const started = event(1, 10, 'WorkflowExecutionStarted')
  const gap: TimelineEntry = { kind: 'observer-gap', atMs: 500, workflowId: 'w', message: 'unavailable' }
  const captured = (receivedAtMs: number) => ({ workflowId: 'w', runId: 'r', receivedAtMs, event: started })

  function answer(...receivedAtMs: number[]) {
    const struck: RunRecord = recordOf([started], [gap, ...killed(1_000, 1_600)])
    return judged(historyPrefix, { ...struck, captures: receivedAtMs.map(captured) })
  }

  test('is checked if it was followed again before the fault', () => {
    expect(answer(20, 800)).toEqual({ status: 'kept', findings: [] })
  })

  test('is not checked if events may have been stored unseen', () => {
    const why = 'the history of w could not be followed when the fault struck: unavailable'
    expect(answer(20)).toEqual({ status: 'not-checked', findings: [], why })
    expect(answer(20, 1_100)).toEqual({ status: 'not-checked', findings: [], why })
  })
})
