import { expect, test } from 'vitest'
import { recordOf, storedRecord } from '../../test/support/stored-record.ts'
import type { CheckResult, Finding } from '../result/check-result.ts'
import type { StatePart } from '../result/state.ts'
import { judgeRecord } from './judge-record.ts'
import { stateTable } from './state-table.ts'

const finding = (kind: Finding['kind']): Finding => ({ kind, message: 'something' })

type Result = Omit<CheckResult, 'check'>
const kept = (name: string) => answered(name, { status: 'kept', findings: [] })
const broken = (name: string, kind: Finding['kind']) =>
  answered(name, { status: 'broken', findings: [finding(kind)] })
const unseen = (name: string) => answered(name, { status: 'not-checked', findings: [], why: 'no ledger' })

function answered(name: string, result: Result) {
  return { check: { name, about: ['effects'] as StatePart[] }, result: { check: name, ...result } }
}

function effectsOf(...given: ReturnType<typeof answered>[]) {
  const rows = stateTable(
    given.map(({ check }) => check),
    given.map(({ result }) => result),
  )
  return rows.find(({ part }) => part === 'effects')
}

test('one broken check breaks the row, and names itself', () => {
  expect(effectsOf(kept('a'), broken('b', 'safety'), unseen('c'))).toEqual({
    part: 'effects',
    status: 'broken',
    by: ['b'],
  })
  expect(effectsOf(broken('b', 'liveness'))?.status).toBe('broken')
})

test('a row is kept by those who looked', () => {
  expect(effectsOf(kept('a'), unseen('b'), kept('c'))).toEqual({
    part: 'effects',
    status: 'kept',
    by: ['a', 'c'],
  })
})

test('a row that nobody could look at says why, by each check', () => {
  expect(effectsOf(unseen('a'), broken('b', 'assumption'))).toEqual({
    part: 'effects',
    status: 'not-checked',
    by: [],
    why: 'a: no ledger; b: it found nothing of the state',
  })
  expect(effectsOf()).toEqual({ part: 'effects', status: 'not-checked', by: [], why: 'no check looks at it' })
})

test('the table of a good run has what its record shows, and never more', async () => {
  const { state = [] } = judgeRecord(await storedRecord('due-after-the-outage'), '.')
  const status = Object.fromEntries(state.map((row) => [row.part, row.status]))
  expect(status).toMatchObject({ outcome: 'kept', effects: 'kept', events: 'kept', timers: 'kept' })
  // Records of that time have nothing of them.
  expect(status).toMatchObject({ settings: 'not-checked' })
})

test('an effect that was lost breaks the row of the effects only', async () => {
  const record = await storedRecord('due-after-the-outage')
  const { state = [] } = judgeRecord({ ...record, effects: record.effects.slice(0, 1) }, '.')
  expect(state.filter(({ status }) => status === 'broken').map(({ part }) => part)).toEqual(['effects'])
})

test('a run without a workflow has no state', () => {
  const record = recordOf([], [])
  const timeline = record.timeline.filter(({ kind }) => kind !== 'workflow')
  const { state = [] } = judgeRecord({ ...record, timeline }, '.')
  expect(state.filter(({ status }) => status !== 'not-checked')).toEqual([])
})
