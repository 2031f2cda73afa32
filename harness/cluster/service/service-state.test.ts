import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { monotonicMs } from '../../core/clock.ts'
import { ServiceState } from './service-state.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** A service whose starts took 1.5 and 2.5 s, down since 0.7 s. */
function down(): ServiceState {
  const state = new ServiceState('temporal-server')
  for (const startMs of [1_500, 2_500]) {
    state.turn('starting')
    vi.advanceTimersByTime(startMs)
    state.turn('up')
    vi.advanceTimersByTime(60_000)
    state.turn('down', monotonicMs())
  }
  vi.advanceTimersByTime(700)
  return state
}

test('a start waits for what is left of the outage before the shortest one', () => {
  expect(down().startDelayMs(5_000)).toBe(2_800)
})

test('an outage shorter than a start: at once', () => {
  expect(down().startDelayMs(200)).toBe(0)
})

test('a service that was never started is expected to start at once', () => {
  const state = new ServiceState('postgres')
  state.turn('down', monotonicMs())
  expect(state.startDelayMs(1_000)).toBe(1_000)
})
