import { expect, test } from 'vitest'
import { judged } from '../../fixtures/judged-record.ts'
import { recordOf } from '../../fixtures/stored-record.ts'
import { claims } from './claims.ts'

const said = (isSo: boolean) =>
  judged(claims, recordOf([], [{ kind: 'claim', atMs: 1, sentence: 'it is so', isSo }]))

test('what a scenario says of its work is so or not', () => {
  expect(said(true)).toEqual({ status: 'kept', findings: [] })
  expect(said(false)).toEqual({
    status: 'broken',
    findings: [{ kind: 'safety', message: 'not so: it is so' }],
  })
})

test('a scenario that says nothing is not taken at its word', () => {
  expect(judged(claims, recordOf([], []))).toEqual({
    status: 'not-checked',
    findings: [],
    why: 'the scenario says nothing of its own',
  })
})
