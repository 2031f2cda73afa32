import { expect, test } from 'vitest'
import { parseMessage } from './guard-protocol.ts'

test('a line cut off by the death of its writer is nothing', () => {
  expect(parseMessage('{"type":"watch","child":{"pid":12')).toBeUndefined()
  expect(parseMessage('{"type":"forget","pid":12}')).toEqual({ type: 'forget', pid: 12 })
})
