import { expect, test } from 'vitest'
import type { AnswerRule } from '../record/answer-rule.ts'
import { undeclaredStage, wentBack } from './went-back.ts'

const phases: AnswerRule = ['open', ['approved', 'rejected'], 'archived']

test.each<[string, AnswerRule, unknown, unknown, string | undefined]>([
  ['a number that grows', 'grows', 1, 2, undefined],
  ['a number that gets smaller', 'grows', 2, 0, 'the answer went from 2 to 0'],
  ['a list that gets longer', 'grows', ['a'], ['b', 'c'], undefined],
  ['a list that gets shorter', 'grows', ['a', 'b'], ['a'], 'the answer went from 2 to 1 elements'],
  ['a text without stages', 'grows', 'b', 'a', undefined],
  ['a field that goes back', 'grows', { n: 2, of: { m: 5 } }, { n: 2, of: { m: 4 } }, 'the answer.of.m went from 5 to 4'], // prettier-ignore
  ['a field that is gone', 'grows', { n: 2 }, {}, undefined],
  ['anything that is free', 'free', 2, 0, undefined],
  ['a free field beside one that grows', { a: 'free' }, { a: 2, b: 1 }, { a: 1, b: 0 }, 'the answer.b went from 1 to 0'], // prettier-ignore
  ['a stage forward', phases, 'open', 'archived', undefined],
  ['the same stage', phases, 'approved', 'approved', undefined],
  ['a stage back', phases, 'approved', 'open', 'the answer went from "approved" to "open"'],
  ['another end', phases, 'approved', 'rejected', 'the answer went from "approved" to "rejected"'],
])('%s', (_, rule, earlier, later, expected) => {
  expect(wentBack(rule, earlier, later)).toBe(expected)
})

test('a text that is none of the declared stages is told, with its place', () => {
  const rule = { phase: ['open', ['approved', 'rejected']], amount: 'free' } as const
  expect(undeclaredStage(rule, { phase: 'open', amount: 'x' })).toBeUndefined()
  expect(undeclaredStage(rule, { phase: 'rejected' })).toBeUndefined()
  expect(undeclaredStage(rule, { phase: null })).toBeUndefined()
  expect(undeclaredStage(rule, { phase: 'opem' })).toBe(
    'the answer.phase is "opem", which is no stage that its workload declares',
  )
  expect(undeclaredStage(['done'], 'x')).toBe(
    'the answer is "x", which is no stage that its workload declares',
  )
})
