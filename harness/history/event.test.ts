import { expect, test } from 'vitest'
import { timestampMs } from './event.ts'

const noon = Date.parse('2026-01-01T12:00:00Z')

test.each([
  ['in UTC', '2026-01-01T12:00:00Z', noon],
  ['with nine decimals', '2026-01-01T12:00:00.123456789Z', noon + 123.456789],
  ['with an offset of zero', '2026-01-01T12:00:00+00:00', noon],
  ['with an offset', '2026-01-01T14:30:00.5+02:30', noon + 500],
  ['with an offset to the west', '2026-01-01T04:00:00.250-08:00', noon + 250],
  ['without a zone', '2026-01-01T12:00:00.5', noon + 500],
])('a timestamp %s', (_how, timestamp, ms) => {
  expect(timestampMs(timestamp)).toBeCloseTo(ms, 3)
})
