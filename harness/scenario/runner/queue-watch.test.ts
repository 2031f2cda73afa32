import { expect, test } from 'vitest'
import type { QueueState } from '../../temporal/pollers.ts'
import { Waits } from './queue-watch.ts'

const wallMs = 100_000

/** A queue with as many tasks, the oldest of which has waited so long, and whose last poll was then. */
function state(tasks: number, ageMs: number, lastAccessWallMs: number | null): QueueState {
  const pollers = lastAccessWallMs === null ? [] : [{ identity: 'worker-1#2', lastAccessWallMs }]
  return { queue: 'q', polls: 'workflow', pollers, backlog: { tasks, ageMs } }
}

/** How long tasks have waited after each of these looks, at these times. */
function waited(...looks: readonly [nowMs: number, seen: QueueState][]): number[] {
  const waits = new Waits()
  return looks.map(([nowMs, seen]) => waits.note(seen, nowMs, wallMs))
}

test('an empty queue waits for nobody', () => {
  expect(waited([1_000, state(0, 0, 1)], [9_000, state(0, 0, null)])).toEqual([0, 0])
})

test('a task goes on waiting while nobody polls, also if the service repeats its figures', () => {
  const same = state(1, 500, 7)
  expect(waited([1_000, same], [3_000, same], [6_000, same], [7_000, state(1, 8_000, 7)])).toEqual([
    500, 2_500, 5_500, 8_000,
  ])
})

test('whoever polls may have taken the task', () => {
  const looks = waited(
    [1_000, state(1, 500, 7)],
    [6_000, state(1, 700, 8)],
    [7_000, state(0, 0, 8)],
    [9_000, state(1, 100, 8)],
  )
  expect(looks).toEqual([500, 700, 0, 100])
})

test('each queue and each kind of tasks waits for itself', () => {
  const seen = state(1, 500, 7)
  const others: [number, QueueState][] = [
    [6_000, { ...seen, polls: 'activity' }],
    [6_000, { ...seen, queue: 'other' }],
  ]
  expect(waited([1_000, seen], ...others)).toEqual([500, 500, 500])
})

test('a long backlog of a worker that polls all the time waits only since the last poll', () => {
  expect(waited([1_000, state(40, 9_000, wallMs - 200)])).toEqual([200])
})
