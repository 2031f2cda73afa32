import { describe, expect, test } from 'vitest'
import { obligationsOf, recoveryOf } from '../../test/support/analysed-record.ts'
import { storedRecord } from '../../test/support/stored-record.ts'
import { worstOf } from './obligations.ts'

describe('stored records of real runs', () => {
  test('a timer due after the outage waited until the sticky queue was abandoned', async () => {
    const record = await storedRecord('due-after-the-outage')
    expect(obligationsOf(record)).toMatchObject([
      { kind: 'timer', cause: { setting: 'stickyQueueScheduleToStartTimeout' } },
    ])
    expect(recoveryOf(record)).toBeCloseTo(1_677, 0)
  })

  test('a timer due during the outage waited for the worker', async () => {
    const record = await storedRecord('due-during-the-outage')
    expect(obligationsOf(record)).toMatchObject([{ kind: 'timer', cause: { name: 'respawn of the worker' } }])
    expect(recoveryOf(record)).toBeCloseTo(2_720.9, 0)
  })
})

test('in the record of a real run the timer waited until the sticky queue was abandoned', async () => {
  const record = await storedRecord('a-day-was-skipped')
  const obligations = obligationsOf(record)
  expect(obligations).toMatchObject([
    { kind: 'timer', cause: { setting: 'stickyQueueScheduleToStartTimeout' } },
  ])
  expect(obligations[0]?.dueMs).toBeCloseTo(3_953, 0)
  expect(recoveryOf(record)).toBeCloseTo(2_069, 0)
})

test.for([
  ['no obligation', [], null],
  ['the longest wait', [10, 4_000, 30], 1],
  ['the first of two equal waits', [10, 4_000, 4_000], 1],
  ['one that was never settled', [10, null, 4_000, null], 1],
  ['one that did not wait at all', [0], 0],
] as const)('the worst obligation of a run: %s', ([, waits, worst]) => {
  expect(worstOf(waits.map((recoveryMs) => ({ recoveryMs })))).toBe(worst)
})
