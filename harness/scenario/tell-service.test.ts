import { expect, test } from 'vitest'
import { waitOf } from './tell-service.ts'

test.each([
  ['nothing said', {}, 1_500, 100, 0],
  ['a pause before the start, however long that takes', { afterMs: 250 }, 1_500, 100, 250],
  ['an outage: what is left of it before the start', { outageMs: 5_000 }, 1_500, 700, 2_800],
  ['an outage shorter than a start: at once', { outageMs: 200 }, 1_500, 700, 0],
])('%s', (_, options, startMs, downForMs, expected) => {
  expect(waitOf(options, startMs, downForMs)).toBe(expected)
})
