import { expect, test } from 'vitest'
import { judged } from '../../test/support/judged-record.ts'
import { recordOf } from '../../test/support/stored-record.ts'
import type { ObservationEntry } from '../record/observation.ts'
import { settings } from './settings.ts'

const before = { 'namespace state': '"Registered"', 'search attribute Customer': '2' }

function seen(...observations: ObservationEntry[]) {
  const record = recordOf([], [])
  return judged(settings, { ...record, observations: [...record.observations, ...observations] })
}
const at = (when: 'start' | 'end', of: Record<string, string>): ObservationEntry => ({
  kind: 'settings',
  when,
  settings: of,
})

test('settings that are as they were keep the promise', () => {
  expect(seen(at('start', before), at('end', { ...before }))).toEqual({ status: 'kept', findings: [] })
})

test('names what changed, what is gone and what is new', () => {
  const after = { 'namespace state': '"Deprecated"', 'search attribute Other': '1' }
  const { status, findings } = seen(at('start', before), at('end', after))
  expect({ status, messages: findings.map(({ kind, message }) => `${kind}: ${message}`) }).toEqual({
    status: 'broken',
    messages: [
      'safety: namespace state was "Registered" and is "Deprecated"',
      'safety: search attribute Customer was 2 and is gone',
      'safety: search attribute Other was not there and is 1',
    ],
  })
})

test('is not checked in a record without them, or if they could not be read', () => {
  const answer = (why: string) => ({ status: 'not-checked', findings: [], why })
  expect(seen()).toEqual(answer('the settings were not looked at'))
  expect(seen(at('end', before))).toEqual(answer('the settings were not looked at'))
  const silent: ObservationEntry = {
    kind: 'unavailable',
    observation: 'settings',
    why: 'they could not be read',
  }
  expect(seen(at('start', before), silent)).toEqual(answer('they could not be read'))
})
