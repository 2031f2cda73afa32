import { expect, test } from 'vitest'
import { formatDuration, formatElapsed, parseDuration } from './duration.ts'

test.each([
  [0, '0 ms'],
  [0.4, '0 ms'],
  [870.2, '870 ms'],
  [999.4, '999 ms'],
  [999.5, '1.00 s'],
  [1_030, '1.03 s'],
  [13_004, '13.00 s'],
  [59_994, '59.99 s'],
  [59_995, '1 min 00 s'],
  [185_000, '3 min 05 s'],
  [3_599_600, '1 h 00 min'],
  [86_398_560, '24 h 00 min'],
  [5_490_000, '1 h 32 min'],
  [-12, '-12 ms'],
])('%d ms is written as %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text)
})

test.each([
  [400, '0 s'],
  [59_400, '59 s'],
  [59_600, '1 min 00 s'],
  [185_000, '3 min 05 s'],
])('a running %d ms is written as %s', (ms, text) => {
  expect(formatElapsed(ms)).toBe(text)
})

test('a duration consists of numbers with units only', () => {
  expect(parseDuration(' 1h 30m ')).toBe(5_400_000)
  expect(parseDuration('1.5s')).toBe(1_500)
  for (const text of ['', '30', 'soon', '-5m', '1h of it', '1,000s'])
    expect(parseDuration(text)).toBeUndefined()
})
