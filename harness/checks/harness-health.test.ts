import { expect, test } from 'vitest'
import { foundIn, judged } from '../../test/support/judged-record.ts'
import { storedRecord } from '../../test/support/stored-record.ts'
import { harnessHealth } from './harness-health.ts'

const record = await storedRecord('due-after-the-outage')
const breaksOff = {
  check: 'harness-health',
  kind: 'harness',
  message: 'the record breaks off before the end of the run',
}

test('a complete record keeps the promise', () => {
  expect(judged(harnessHealth, record)).toEqual({ status: 'kept', findings: [] })
})

test('a record that breaks off', () => {
  const timeline = record.timeline.filter(({ kind }) => kind !== 'ended')
  expect(foundIn({ ...record, timeline })).toEqual([breaksOff])
})

test('a record that breaks off during the observations', () => {
  const observations = record.observations.filter(({ kind }) => kind !== 'clock')
  expect(foundIn({ ...record, observations })).toEqual([breaksOff])
})
