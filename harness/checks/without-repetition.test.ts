import { expect, test } from 'vitest'
import { foundIn, withHistory } from '../../test/support/judged-record.ts'
import { killed, event, recordOf } from '../../test/support/stored-record.ts'
import type { Finding } from '../result/check-result.ts'
import { withoutRepetition } from './without-repetition.ts'

function many(kind: Finding['kind'], count: number): Finding[] {
  return Array.from({ length: count }, (_, index) => ({ kind, message: `${kind} ${index + 1}` }))
}

test('ten findings of a kind are all told', () => {
  const ten = [...many('safety', 10), ...many('liveness', 10)]
  expect(withoutRepetition(ten)).toEqual(ten)
})

test('more of a kind are counted, the ones of other kinds stay, and so does what ended the run', () => {
  const ended: Finding = { kind: 'harness', message: 'the disk is full', endsRun: true }
  const cut = withoutRepetition([...many('liveness', 160), ...many('harness', 12), ended])
  expect(cut.map(({ message }) => message)).toEqual([
    ...many('liveness', 10).map(({ message }) => message),
    'and 150 more findings like these',
    ...many('harness', 10).map(({ message }) => message),
    'the disk is full',
    'and 2 more findings like these',
  ])
})

test('every check of a record is cut by the same rule', () => {
  const timers = Array.from({ length: 30 }, (_, index) =>
    event(index + 1, 900, 'TimerStarted', { timerId: String(index + 1), startToFireTimeout: '3s' }),
  )
  const record = withHistory(recordOf([], killed(1_000)), () => timers)
  const recovery = foundIn(record).filter(({ check }) => check === 'recovery')
  expect(recovery).toHaveLength(11)
  expect(recovery.at(-1)?.message).toBe('and 20 more findings like these')
})
