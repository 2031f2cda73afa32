import { expect, test } from 'vitest'
import { formatDuration } from './duration.ts'

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
])('%d ms reads %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text)
})
