import { expect, test } from 'vitest'
import { foundIn, judged } from '../../test/support/judged-record.ts'
import { recordOf, storedRecord } from '../../test/support/stored-record.ts'
import type { EntryOf } from '../record/timeline.ts'
import { reportedErrors } from './reported-errors.ts'

const record = await storedRecord('due-after-the-outage')

function error(errorKind: EntryOf<'error'>['errorKind'], hint?: string): EntryOf<'error'> {
  const more = hint === undefined ? {} : { hint }
  return { kind: 'error', atMs: 1, code: 'CHAOS_SERVICE_DIED', errorKind, message: 'gone', ...more }
}

test('a timeline without an error keeps the promise', () => {
  expect(judged(reportedErrors, record)).toEqual({ status: 'kept', findings: [] })
})

test('an error on the timeline keeps its kind', () => {
  expect(foundIn({ ...record, timeline: [...record.timeline, error('harness')] })).toEqual([
    { check: 'reported-errors', kind: 'harness', message: 'gone' },
  ])
})

test.each([
  ['harness', { kind: 'harness', endsRun: true }],
  ['usage', { kind: 'harness', endsRun: true }],
  ['assumption', { kind: 'assumption' }],
  ['liveness', { kind: 'liveness' }],
  ['safety', { kind: 'safety' }],
] as const)('an error of kind %s is a finding with its code and hint', (kind, finding) => {
  expect(judged(reportedErrors, recordOf([], [error(kind, 'look there')]))).toEqual({
    status: 'broken',
    findings: [{ ...finding, code: 'CHAOS_SERVICE_DIED', message: 'gone', hint: 'look there' }],
  })
})
