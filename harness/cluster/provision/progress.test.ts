import { expect, test, vi } from 'vitest'
import { everySecond, transferred } from './progress.ts'

test('sizes read well', () => {
  expect(transferred(12_300_000, 91_000_000)).toBe('12.3 of 91.0 MB (13 %)')
  expect(transferred(12_300_000, undefined)).toBe('12.3 MB')
  expect(transferred(0, 0)).toBe('0.0 MB')
})

test('tells at once, then every second, and no more once disposed of', () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
  try {
    const told: string[] = []
    {
      using _ticker = everySecond((elapsed) => told.push(elapsed))
      vi.advanceTimersByTime(2_500)
    }
    vi.advanceTimersByTime(5_000)
    expect(told).toEqual(['0 s', '1 s', '2 s'])
  } finally {
    vi.useRealTimers()
  }
})
