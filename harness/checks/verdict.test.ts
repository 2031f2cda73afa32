import { expect, test } from 'vitest'
import type { Excuse, Finding } from '../result/check-result.ts'
import { decisiveFinding, judge } from './verdict.ts'

const of = (kind: Finding['kind']): Finding => ({ kind, message: kind })

test.each([
  [[], 'pass', null],
  [['liveness'], 'fail', 'liveness'],
  [['liveness', 'harness'], 'error', 'harness'],
  [['liveness', 'harness', 'assumption'], 'inconclusive', 'assumption'],
  [['liveness', 'harness', 'assumption', 'safety'], 'fail', 'safety'],
] as const)('%j is judged %s', (kinds, verdict, reason) => {
  expect(judge(kinds.map(of))).toEqual({ verdict, reason })
})

test('a late finding that is excused fails nothing, but neither does it hide one that is not', () => {
  const late = (verdict?: Excuse['verdict']): Finding => ({
    ...of('liveness'),
    ...(verdict === undefined ? {} : { excuse: { verdict, why: 'the machine was starved' } }),
  })
  const starved = { verdict: 'inconclusive', reason: 'the machine was starved: liveness' }
  expect(judge([late('inconclusive')])).toEqual(starved)
  expect(judge([late('error')])).toEqual({ ...starved, verdict: 'error' })
  expect(judge([late('inconclusive'), late()])).toEqual({ verdict: 'fail', reason: 'liveness' })
  expect(judge([late('inconclusive'), of('safety')]).verdict).toBe('fail')
  expect(judge([late('error'), of('assumption')]).reason).toBe('assumption')
})

test('an error that ended the scenario outranks what therefore did not happen, but not what was lost', () => {
  const ended: Finding = { kind: 'harness', message: 'the server died', endsRun: true }
  expect(judge([of('assumption'), ended])).toEqual({ verdict: 'error', reason: 'the server died' })
  expect(judge([of('assumption'), ended, of('safety')]).verdict).toBe('fail')
})

test('a failure of the system that ended the scenario outranks the claims that were not tested because of it', () => {
  const died: Finding = { kind: 'liveness', message: 'the worker died', endsRun: true }
  expect(judge([of('assumption'), died])).toEqual({ verdict: 'fail', reason: 'the worker died' })
  expect(judge([died, { ...of('harness'), endsRun: true }]).verdict).toBe('error')
})

test('work that hung outranks claims that were not tested, but neither a loss nor a failure of the harness that ended the run', () => {
  const hung: Finding = { kind: 'liveness', message: 'it hung', hangs: true }
  expect(judge([of('assumption'), hung])).toEqual({ verdict: 'fail', reason: 'it hung' })
  expect(judge([hung, of('assumption'), of('safety')]).reason).toBe('safety')
  expect(judge([hung, { ...of('harness'), endsRun: true }]).verdict).toBe('error')
  const starved = { verdict: 'inconclusive', why: 'the machine was starved' } as const
  expect(judge([of('assumption'), { ...hung, excuse: starved }]).reason).toBe('assumption')
})

test('the finding that decides is the one that caused the verdict, whatever came first', () => {
  const findings = [of('harness'), of('liveness'), of('safety')]
  expect(decisiveFinding(findings)?.message).toBe('safety')
  expect(judge(findings).reason).toBe('safety')
  expect(decisiveFinding([])).toBeUndefined()
})
