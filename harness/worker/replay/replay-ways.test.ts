import { expect, test } from 'vitest'
import { event, storedRecord } from '../../../test/support/stored-record.ts'
import { observationsOf } from '../../record/record.ts'
import { firstHalf, replayWays } from './replay-ways.ts'

const [history] = observationsOf(await storedRecord('due-after-the-outage'), 'history')
const events = history?.events ?? []

test('the first half ends before a workflow task, after the commands of the one before', () => {
  const half = firstHalf(events) ?? []
  expect(half.length).toBeGreaterThan(events.length / 2 - 1)
  expect(half.length).toBeLessThan(events.length)
  expect(events.slice(0, half.length)).toEqual(half)
  expect(events[half.length]?.eventType).toBe('EVENT_TYPE_WORKFLOW_TASK_SCHEDULED')
})

test('a history without a workflow task in its second half has no first half', () => {
  expect(firstHalf(events.slice(0, 6))).toBeUndefined()
  expect(firstHalf([])).toBeUndefined()
})

test('of a long history the first thousand events are replayed under other clocks', () => {
  const long = Array.from({ length: 200 }, () => events).flat()
  const lengths = replayWays.flatMap(({ parts }) => parts.map((part) => part.of(long)?.length ?? 0))
  expect(lengths[0]).toBe(long.length)
  expect(lengths.slice(1).every((length) => length > 400 && length < 1_000 + events.length)).toBe(true)
  expect(lengths[2]).toBeLessThan(500 + events.length)
})

test('the clocks of the ways are off in both directions by no round figure', () => {
  expect(replayWays.map(({ clock }) => clock?.aheadMs ?? 0)).toEqual([0, 34_585_980_001, -34_585_980_001])
  expect(replayWays.map(({ clock }) => clock?.draws)).toEqual([undefined, 'high', 'low'])
})

test("the harness's own probes are replayed once", () => {
  const probe = [
    event(1, 0, 'WorkflowExecutionStarted', { workflowType: { name: 'probeWork' } }),
    ...events.slice(1),
  ]
  const names = (of: typeof events) =>
    replayWays.flatMap(({ parts }) =>
      parts.filter((part) => part.of(of) !== undefined).map(({ name }) => name),
    )
  expect(names(probe)).toEqual([''])
  expect(names(events)).toEqual([
    '',
    'if the clock is 400 days ahead',
    'from its first half',
    'if the clock is 400 days behind',
  ])
})
