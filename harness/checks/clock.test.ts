import { expect, test } from 'vitest'
import { foundIn, judged } from '../../test/support/judged-record.ts'
import { storedRecord } from '../../test/support/stored-record.ts'
import { clock } from './clock.ts'

const record = await storedRecord('due-after-the-outage')

function withError(errorMs: number) {
  const observations = record.observations.map((one) => (one.kind === 'clock' ? { ...one, errorMs } : one))
  return { ...record, observations }
}

test('a clock that nobody set keeps the promise', () => {
  expect(judged(clock, withError(50))).toEqual({ status: 'kept', findings: [] })
})

test('a wall clock that was set during the run', () => {
  expect(foundIn(withError(10_000))).toEqual([
    {
      check: 'clock',
      kind: 'harness',
      message: expect.stringMatching(/^the wall clock moved by 10000 ms/),
    },
  ])
})

test('clocks that were not compared are not checked', () => {
  const observations = record.observations.filter(({ kind }) => kind !== 'clock')
  expect(judged(clock, { ...record, observations })).toEqual({
    status: 'not-checked',
    findings: [],
    why: 'the clocks were not compared',
  })
})
