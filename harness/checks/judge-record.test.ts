import { describe, expect, test } from 'vitest'
import { onEvent, withHistory } from '../../test/support/judged-record.ts'
import { killed, recordOf, storedRecord } from '../../test/support/stored-record.ts'
import { runResultSchema } from '../result/campaign-result.ts'
import { defaultChecks } from './catalogue.ts'
import { checked, type Check } from './check.ts'
import { judgeRecord } from './judge-record.ts'

test('a result says how exact its figures are, if the clock was compared', async () => {
  const record = recordOf([], killed(2_000, 2_600))
  expect(judgeRecord(record, '.').clockErrorMs).toBe(1)
  const observations = record.observations.filter(({ kind }) => kind !== 'clock')
  expect(judgeRecord({ ...record, observations }, '.').clockErrorMs).toBeNull()
  expect(judgeRecord(await storedRecord('due-during-the-outage'), '.').clockErrorMs).toBeLessThan(10)
})

describe.each([
  ['due-after-the-outage', 1_677, 'sticky schedule-to-start timeout'],
  ['due-during-the-outage', 2_720.9, 'respawn of the worker'],
  ['a-day-was-skipped', 2_069, 'sticky schedule-to-start timeout'],
] as const)('the stored record %s', (name, recoveryMs, cause) => {
  test('passes as it did originally, with the same figures', async () => {
    const judged = judgeRecord(await storedRecord(name), '.')
    expect(judged).toMatchObject({ verdict: 'pass', reason: null, worstObligation: 0 })
    expect(judged.recoveryMs).toBeCloseTo(recoveryMs, 0)
    expect(judged.obligations[0]).toMatchObject({ recoveryMs: judged.recoveryMs, cause: { name: cause } })
  })

  test('is judged the same again, and stays unchanged', async () => {
    const record = await storedRecord(name)
    const before = structuredClone(record)
    const first = judgeRecord(record, '.')
    expect(judgeRecord(record, '.')).toEqual(first)
    expect(record).toEqual(before)
    expect(judgeRecord(await storedRecord(name), '.')).toEqual(first)
  })

  test('has a result that is valid by its schema', async () => {
    const judged = judgeRecord(await storedRecord(name), '.')
    expect(runResultSchema.parse(judged)).toEqual(judged)
    expect(judged.checks.map(({ check }) => check)).toEqual(defaultChecks.map((check) => check.name))
  })
})

test('a history with a duration that Temporal does not write is no valid record', async () => {
  const record = withHistory(
    await storedRecord('due-after-the-outage'),
    onEvent('EVENT_TYPE_TIMER_STARTED', (event) => ({
      ...event,
      timerStartedEventAttributes: { timerId: '1', startToFireTimeout: 'soon' },
    })),
  )
  expect(() => judgeRecord(record, 'runs/one/1')).toThrow(
    expect.objectContaining({
      code: 'CHAOS_RECORD_INVALID',
      message: expect.stringMatching(/^the record in runs\/one\/1 is not valid: /),
    }),
  )
})

describe('a check that throws', () => {
  const thrower: Check = {
    name: 'thrower',
    promise: 'It never throws.',
    judge() {
      throw new Error('no such event')
    },
  }
  const later: Check = { name: 'later', promise: 'It is so.', judge: () => checked([]) }

  test('is an error of the harness, and does not hide the answers of other checks', async () => {
    const record = await storedRecord('due-after-the-outage')
    const asking = { ...record, header: { ...record.header, checks: ['thrower', 'later'] } }
    const { verdict, reason, checks } = judgeRecord(asking, '.', [later, thrower])
    const why = 'the check failed with an error: no such event'
    expect({ verdict, reason }).toEqual({ verdict: 'error', reason: why })
    expect(checks.slice(-2)).toEqual([
      { check: 'thrower', status: 'not-checked', findings: [{ kind: 'harness', message: why }], why },
      { check: 'later', status: 'kept', findings: [] },
    ])
    expect(checks.slice(0, -2)).toEqual(judgeRecord(record, '.').checks)
  })
})

test.each([
  ['broken without a finding', { status: 'broken', findings: [] }],
  ['kept with a finding', { status: 'kept', findings: [{ kind: 'safety', message: 'lost' }] }],
  ['not checked without a reason', { status: 'not-checked', findings: [] }],
  [
    'not checked, but with a finding about the system',
    { status: 'not-checked', why: 'no log', findings: [{ kind: 'safety', message: 'lost' }] },
  ],
] as const)('a contradictory answer is an error of the harness: %s', async (_, answer) => {
  const record = await storedRecord('due-after-the-outage')
  const asking = { ...record, header: { ...record.header, checks: ['own'] } }
  const own: Check = {
    name: 'own',
    promise: 'It is so.',
    judge: () => ({ ...answer, findings: [...answer.findings] }),
  }
  const { verdict, reason, checks } = judgeRecord(asking, '.', [own])
  expect(verdict).toBe('error')
  expect(reason).toMatch(/^the check failed with an error: its answer is not valid: .*kept has no finding/)
  expect(checks.at(-1)?.status).toBe('not-checked')
})

test('a finding of a user’s own check decides like any other', async () => {
  const record = await storedRecord('due-after-the-outage')
  const asking = { ...record, header: { ...record.header, checks: ['own'] } }
  const own: Check = {
    name: 'own',
    promise: 'No timer is started.',
    judge: ({ histories }) =>
      checked(
        histories
          .flatMap(({ spans }) => spans.filter(({ kind }) => kind === 'timer'))
          .map(() => ({ kind: 'safety', message: 'a timer was started' })),
      ),
  }
  expect(judgeRecord(asking, '.', [own])).toMatchObject({ verdict: 'fail', reason: 'a timer was started' })
})
