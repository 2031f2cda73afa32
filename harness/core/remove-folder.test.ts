import { expect, test } from 'vitest'
import { segmentOf } from './remove-folder.ts'

test('the segment id is the second number of the seventh line', () => {
  const file = '8626\n/tmp/data\n1795259160\n15999\n\n127.0.0.1\n 10007713     65566\nready   \n'
  expect(segmentOf(file)).toBe('65566')
})

test('a postmaster that was killed before it wrote the line has no segment', () => {
  expect(segmentOf('8626\n/tmp/data\n1795259160\n15999\n')).toBeUndefined()
})
