import { expect, test } from 'vitest'
import type { Finding } from '../result/check-result.ts'
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

test('an error that ended the scenario outranks what therefore did not happen, but not what was lost', () => {
  const ended: Finding = { kind: 'harness', message: 'the server died', endsRun: true }
  expect(judge([of('assumption'), ended])).toEqual({ verdict: 'error', reason: 'the server died' })
  expect(judge([of('assumption'), ended, of('safety')]).verdict).toBe('fail')
})

test('the finding that decides is the one that caused the verdict, whatever came first', () => {
  const findings = [of('harness'), of('liveness'), of('safety')]
  expect(decisiveFinding(findings)?.message).toBe('safety')
  expect(judge(findings).reason).toBe('safety')
  expect(decisiveFinding([])).toBeUndefined()
})
