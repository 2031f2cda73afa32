import { expect, test } from 'vitest'
import { offsetOf } from './clock-offset.ts'

test('the clock of the service is read in the middle of a call, and may be off by half of it', () => {
  expect(offsetOf({ sentMs: 1_000, answeredMs: 1_010, serverMs: 3_005 })).toEqual({
    offsetMs: 2_000,
    errorMs: 5,
  })
  expect(offsetOf({ sentMs: 1_000, answeredMs: 1_000, serverMs: 400 })).toEqual({
    offsetMs: -600,
    errorMs: 0,
  })
})
