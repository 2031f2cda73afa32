import { expect, test } from 'vitest'
import type { Finding } from '../record/timing.ts'
import { judge } from './verdict.ts'

const of = (kind: Finding['kind']): Finding => ({ check: 'x', kind, message: kind })

test.each([
  [[], 'pass', null],
  [['liveness'], 'fail', 'liveness'],
  [['liveness', 'harness'], 'error', 'harness'],
  [['liveness', 'harness', 'assumption'], 'inconclusive', 'assumption'],
  [['liveness', 'harness', 'assumption', 'safety'], 'fail', 'safety'],
] as const)('%j is judged %s', (kinds, verdict, reason) => {
  expect(judge(kinds.map(of))).toEqual({ verdict, reason })
})
