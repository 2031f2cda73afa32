import { expect, test } from 'vitest'
import { substitute } from './substitute.ts'

test('placeholders are replaced in every text of a value', () => {
  const value = { id: '{{workflow.id}}', lines: ['a {{ workflow.id }} b', 3, null, { deep: '{{run.id}}' }] }
  expect(substitute(value, { 'workflow.id': 'w-1', 'run.id': 'r-1' })).toEqual({
    id: 'w-1',
    lines: ['a w-1 b', 3, null, { deep: 'r-1' }],
  })
})

test('one that stands for nothing is refused, with those that are known', () => {
  expect(() => substitute(['{{adress}}'], { 'temporal.address': 'a' })).toThrow(
    '{{adress}} stands for nothing here',
  )
})
