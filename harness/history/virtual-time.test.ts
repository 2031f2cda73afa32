import { describe, expect, test } from 'vitest'
import { event, skip, storedRecord } from '../../test/support/stored-record.ts'
import { eventTimeMs, type HistoryEvent } from './event.ts'
import { finalHistory } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'
import { skippedMsIn, virtualClockOf } from './virtual-time.ts'

/** The wall clock at the zero of the handmade events. */
const zeroMs = eventTimeMs(event(1, 0, 'WorkflowExecutionStarted'))
const hourMs = 3_600_000

/** The times of events since the zero, by the wall clock and by the workflow's clock. */
function clocksOf(events: readonly HistoryEvent[]) {
  const clock = virtualClockOf(events)
  return events.map((one) => [clock.wallMs(one) - zeroMs, clock.virtualMs(one) - zeroMs])
}

describe('a history without skips', () => {
  const events = [event(1, 0, 'WorkflowExecutionStarted'), event(2, 5, 'WorkflowTaskScheduled')]

  test('has one clock', () => {
    const clock = virtualClockOf(events)
    expect(clocksOf(events)).toEqual([
      [0, 0],
      [5, 5],
    ])
    expect(clock.wallWhenMs(zeroMs + 7)).toBe(zeroMs + 7)
    expect(clock.aheadMs).toBe(0)
    expect(skippedMsIn(events)).toBe(0)
  })
})

describe('a history with two skips', () => {
  const events = [
    event(1, 0, 'WorkflowExecutionStarted'),
    skip(2, 100, 100 + hourMs),
    event(3, hourMs + 150, 'TimerFired'),
    // This transition only ends the skipping.
    event(4, hourMs + 160, 'WorkflowExecutionTimeSkippingTransitioned', { disabledAfterFastForward: true }),
    skip(5, hourMs + 200, 3 * hourMs + 200),
    event(6, 3 * hourMs + 230, 'TimerFired'),
  ]

  test('the workflow’s clock is ahead by all that was skipped before each event', () => {
    expect(clocksOf(events)).toEqual([
      [0, 0],
      [100, 100],
      [150, hourMs + 150],
      [160, hourMs + 160],
      [200, hourMs + 200],
      [230, 3 * hourMs + 230],
    ])
    expect(virtualClockOf(events).aheadMs).toBe(3 * hourMs)
    expect(skippedMsIn(events)).toBe(3 * hourMs)
  })

  test.each([
    ['before the skips', 50, 50],
    ['at the instant of a skip', 100, 100],
    ['passed by the first skip', hourMs, 100],
    ['at the end of a skip', hourMs + 100, 100],
    ['between the skips', hourMs + 170, 170],
    ['passed by the second skip', 2 * hourMs, 200],
    ['after the skips', 3 * hourMs + 300, 300],
  ])('the wall clock reaches an instant %s at the skip or by itself', (_, virtualMs, wallMs) => {
    expect(virtualClockOf(events).wallWhenMs(zeroMs + virtualMs) - zeroMs).toBe(wallMs)
  })
})

describe('a run that continues one with skips', () => {
  const inherited = { timeSkippingStatePropagation: { initialSkippedDuration: '3600s' } }
  const later = event(2, hourMs + 20, 'WorkflowTaskScheduled')

  test('starts ahead without a skip of its own', () => {
    const continued = [event(1, hourMs + 10, 'WorkflowExecutionStarted', inherited), later]
    expect(clocksOf(continued)).toEqual([
      [10, hourMs + 10],
      [20, hourMs + 20],
    ])
    expect(skippedMsIn(continued)).toBe(0)
  })

  test('the server stamps the first event of a child by the wall clock', () => {
    const child = [event(1, 10, 'WorkflowExecutionStarted', inherited), later]
    expect(clocksOf(child)).toEqual([
      [10, hourMs + 10],
      [20, hourMs + 20],
    ])
  })
})

test('the events of a real run were observed right after their wall-clock time', async () => {
  const record = await storedRecord('a-day-was-skipped')
  const [workflow] = entriesOf(record.timeline, 'workflow')
  const events = finalHistory(record, workflow?.runId ?? '')
  const clock = virtualClockOf(events)
  const delays = record.captures.map(
    (one) => record.header.wallAtZeroMs + one.receivedAtMs - clock.wallMs(one.event),
  )
  expect(delays).toHaveLength(events.length)
  expect(Math.min(...delays)).toBeGreaterThan(0)
  expect(Math.max(...delays)).toBeLessThan(500)
  expect(skippedMsIn(events)).toBeCloseTo(86_398_561, 0)
})
