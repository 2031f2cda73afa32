import { describe, expect, test } from 'vitest'
import { event } from '../../test/support/stored-record.ts'
import { eventAttributes } from './event.ts'
import { nthSpan, spansOf, type SpanKind } from './span.ts'

const history = [
  event(1, 0, 'WorkflowExecutionStarted'),
  event(2, 0, 'WorkflowTaskScheduled'),
  event(3, 1, 'WorkflowTaskStarted', { scheduledEventId: '2' }),
  event(4, 2, 'WorkflowTaskCompleted', { scheduledEventId: '2' }),
  event(5, 2, 'TimerStarted', { timerId: '1' }),
  event(6, 2, 'ActivityTaskScheduled', { activityId: '1' }),
  event(7, 9, 'TimerFired', { timerId: '1', startedEventId: '5' }),
  event(8, 9, 'WorkflowTaskScheduled'),
]

describe('spansOf', () => {
  test('pairs each opening event with its closing event, in the order of opening', () => {
    const spans = spansOf(history).map(({ kind, opened, closed }) => [kind, opened.eventId, closed?.eventId])
    expect(spans).toEqual([
      ['workflow-task', '2', '4'],
      ['timer', '5', '7'],
      ['activity', '6', undefined],
      ['workflow-task', '8', undefined],
    ])
  })

  test('the first closing event of a span counts', () => {
    const again = event(9, 10, 'TimerCanceled', { timerId: '1', startedEventId: '5' })
    const timer = spansOf([...history, again]).find(({ kind }) => kind === 'timer')
    expect(timer?.closed?.eventId).toBe('7')
  })

  test('takes linear time: a history of 40,000 events is no problem', () => {
    const long = Array.from({ length: 20_000 }, (_, index) => [
      event(2 * index + 1, index, 'TimerStarted', { timerId: String(index) }),
      event(2 * index + 2, index, 'TimerFired', { startedEventId: String(2 * index + 1) }),
    ]).flat()
    const spans = spansOf(long)
    expect(spans).toHaveLength(20_000)
    expect(spans.every(({ opened, closed }) => Number(closed?.eventId) === Number(opened.eventId) + 1)).toBe(
      true,
    )
  })
})

test.each([
  [event(1, 0, 'TimerStarted', { timerId: '1' }), { timerId: '1' }],
  [{ ...event(1, 0, 'TimerStarted'), timerStartedEventAttributes: 'none' }, {}],
  [{ ...event(1, 0, 'TimerStarted'), timerStartedEventAttributes: null }, {}],
  [{ ...event(1, 0, 'TimerStarted'), timerStartedEventAttributes: [1] }, {}],
  [{ eventId: '1', eventTime: '2026-01-01T00:00:00Z', eventType: 'EVENT_TYPE_NEW' }, {}],
])('attributes %#', (given, attributes) => {
  expect(eventAttributes(given)).toEqual(attributes)
})

describe('nthSpan', () => {
  test.each<SpanKind>(['timer', 'activity', 'child-workflow', 'workflow-task'])(
    'finds what `spansOf` finds: %s',
    (kind) => {
      const spans = spansOf(history).filter((span) => span.kind === kind)
      expect([1, 2, 3].map((nth) => nthSpan(history, kind, nth))).toEqual([0, 1, 2].map((at) => spans[at]))
    },
  )

  test('the first closing event of a span counts', () => {
    const again = event(9, 10, 'TimerCanceled', { timerId: '1', startedEventId: '5' })
    expect(nthSpan([...history, again], 'timer')?.closed?.eventId).toBe('7')
  })

  test('reads the attributes of the possible ends of its own span only', () => {
    const unread = Array.from({ length: 3 }, (_, index) => ({
      ...event(10 + index, 10, 'ActivityTaskCompleted'),
      get activityTaskCompletedEventAttributes(): never {
        throw new Error('read')
      },
    }))
    expect(nthSpan([...history, ...unread], 'timer')?.closed?.eventId).toBe('7')
  })
})
