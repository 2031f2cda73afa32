import { describe, expect, test } from 'vitest'
import { foundIn, judged } from '../../test/support/judged-record.ts'
import { recordOf, storedRecord } from '../../test/support/stored-record.ts'
import { askedCheck, checksFor, defaultChecks, optionalChecks } from './catalogue.ts'
import { checked, type Check } from './check.ts'

const own: Check = { name: 'own', promise: 'It is so.', judge: () => checked([]) }

test('every check has its own name in kebab-case, and a promise that is a sentence', () => {
  const all = [...defaultChecks, ...optionalChecks]
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length)
  for (const { name, promise } of all) {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(promise).toMatch(/^[A-Z].*\.$/)
  }
})

describe('stored records of real runs', () => {
  test.each(['due-after-the-outage', 'due-during-the-outage', 'a-day-was-skipped'] as const)(
    'nothing is wrong with %s',
    async (name) => {
      expect(foundIn(await storedRecord(name))).toEqual([])
    },
  )
})

test('for a run that did nothing, no check claims more than that the harness was well', () => {
  const empty = recordOf([], [])
  const nothing = { ...empty, timeline: empty.timeline.filter(({ kind }) => kind !== 'workflow') }
  const kept = defaultChecks.filter((check) => judged(check, nothing).status === 'kept')
  expect(kept.map(({ name }) => name)).toEqual([
    'server-panics',
    'reported-errors',
    'harness-health',
    'clock',
  ])
})

describe('the checks of a run', () => {
  const names = (checks: readonly Check[]) => checks.map(({ name }) => name)

  test('are the default ones, then those that its scenario asks for, in its order', () => {
    const checks = checksFor(['own', 'no-task-timeouts'], [own])
    expect(names(checks)).toEqual([...names(defaultChecks), 'own', 'no-task-timeouts'])
  })

  test('may have come with a scenario that no longer exists: whether it passes is not known', () => {
    const unknown = checksFor(['own'], []).at(-1)
    if (unknown === undefined) throw new Error('the requested check is missing')
    expect(judged(unknown, recordOf([], []))).toEqual({
      status: 'not-checked',
      findings: [{ kind: 'harness', message: expect.stringContaining('nobody here knows the check "own"') }],
      why: 'nobody here knows the check "own": it belongs to a scenario that is not loaded',
    })
  })
})

test('a scenario asks for a check by its name, or brings one', () => {
  expect(askedCheck('no-task-timeouts')?.name).toBe('no-task-timeouts')
  expect(askedCheck(own)).toBe(own)
  expect(askedCheck('effects')).toBeUndefined()
  expect(askedCheck({ name: 'half', promise: 'It is so.' })).toBeUndefined()
})
