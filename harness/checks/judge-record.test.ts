import { expect, test } from 'vitest'
import { killed, recordOf, storedRecord } from '../../fixtures/stored-record.ts'
import { judgeRecord } from './judge-record.ts'

test('a result says how exact its figures are, where the clock was looked at', async () => {
  const record = recordOf([], killed(2_000, 2_600))
  expect(judgeRecord(record, '.').clockErrorMs).toBe(1)
  const observations = record.observations.filter(({ kind }) => kind !== 'clock')
  expect(judgeRecord({ ...record, observations }, '.').clockErrorMs).toBeNull()
  expect(judgeRecord(await storedRecord('due-during-the-outage'), '.').clockErrorMs).toBeLessThan(10)
})
