import { describe, expect, test } from 'vitest'
import { event, killed, recordOf, storedRecord } from '../../test/support/stored-record.ts'
import { analyse } from './analyse.ts'

describe('a record of a real run', () => {
  test('has every workflow run with its history, found by its run id', async () => {
    const record = await storedRecord('due-after-the-outage')
    const { histories, historyOf } = analyse(record)
    expect(histories.length).toBeGreaterThan(0)
    for (const history of histories) {
      expect(historyOf(history.runId)).toBe(history)
      expect(history.spans.length).toBeGreaterThan(0)
    }
    expect(historyOf('no such run')).toBeUndefined()
  })

  test('has its fault as an outage, and the obligation that decides its recovery', async () => {
    const { outages, obligations, worstObligation } = analyse(await storedRecord('due-during-the-outage'))
    expect(outages).toHaveLength(1)
    expect(obligations[worstObligation ?? -1]).toMatchObject({ kind: 'timer', faultIndex: 1 })
  })

  test('has the time that its server skipped', async () => {
    expect(analyse(await storedRecord('a-day-was-skipped')).skippedMs).toBeCloseTo(86_398_561, 0)
    expect(analyse(await storedRecord('due-after-the-outage')).skippedMs).toBe(0)
  })
})

test('a record without a fault has no obligations', () => {
  const analysis = analyse(recordOf([event(1, 900, 'WorkflowTaskScheduled')], []))
  expect(analysis).toMatchObject({ outages: [], obligations: [], worstObligation: null })
})

test('a run ends with its scenario, or at its deadline if the record breaks off', () => {
  const record = recordOf([], killed(1_000, 1_600))
  expect(analyse(record).endedMs).toBe(60_000)
  const timeline = record.timeline.filter(({ kind }) => kind !== 'ended')
  const header = { ...record.header, deadlineMs: 30_000 }
  expect(analyse({ ...record, header, timeline }).endedMs).toBe(30_000)
})
