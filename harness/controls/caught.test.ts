import { expect, test } from 'vitest'
import { checksThatFound, lateFinding, sampleRun } from '../../test/support/campaign-results.ts'
import type { RunResult } from '../result/campaign-result.ts'
import { controlResult, wasExcused } from './caught.ts'
import { defineControl, type ExpectedVerdict } from './control.ts'

const scenario = { run: async () => {} }
const broken = (expected: ExpectedVerdict) =>
  defineControl({
    name: 'late-worker',
    breaks: 'worker',
    defect: 'The worker comes back late.',
    scenario,
    expected,
  })
const late: ExpectedVerdict = { verdict: 'fail', check: 'recovery', finding: /went on after/ }
const lateRun: Partial<RunResult> = {
  verdict: 'fail',
  reason: lateFinding.message,
  checks: checksThatFound(lateFinding),
}

test.each<[string, ExpectedVerdict, Partial<RunResult>, string | null]>([
  ['the right verdict for the right reason', late, lateRun, null],
  ['another verdict', late, {}, 'the verdict is pass, not fail: no finding'],
  [
    'the right verdict by another check',
    { ...late, check: 'effects' },
    lateRun,
    "no finding of effects matches /went on after/: it found nothing; the verdict's reason is: " +
      lateFinding.message,
  ],
  [
    'the right check with another finding',
    { ...late, finding: /lost/ },
    lateRun,
    `no finding of recovery matches /lost/: ${lateFinding.message}`,
  ],
  [
    'a pattern that a finding of another check matches',
    late,
    { ...lateRun, checks: checksThatFound(lateFinding, { ...lateFinding, check: 'completed' }) },
    `a finding of completed matches /went on after/, too: ${lateFinding.message}`,
  ],
  [
    'an excuse that the pattern does not name, and a verdict for another finding',
    { ...late, finding: /^the timer of order-7 went on after/ },
    {
      verdict: 'fail',
      checks: checksThatFound({
        ...lateFinding,
        excuse: { verdict: 'inconclusive', why: 'the machine was starved' },
      }),
    },
    null,
  ],
  [
    'an excuse that the pattern names',
    {
      ...late,
      verdict: 'inconclusive',
      finding: /^the machine was starved: the timer of order-7 went on after/,
    },
    {
      ...lateRun,
      verdict: 'inconclusive',
      checks: checksThatFound({
        ...lateFinding,
        excuse: { verdict: 'inconclusive', why: 'the machine was starved' },
      }),
    },
    null,
  ],
])('a control with %s', (_, expected, run, missed) => {
  expect(controlResult(broken(expected), sampleRun(1, run)).missed).toBe(missed)
})

test('a healthy twin is missed if it does not pass', () => {
  const healthy = defineControl({
    name: 'healthy',
    breaks: 'nothing',
    defect: 'Nothing is broken.',
    scenario,
    expected: { verdict: 'pass' },
  })
  expect(controlResult(healthy, sampleRun(1)).missed).toBeNull()
  expect(controlResult(healthy, sampleRun(1, lateRun)).missed).toBe(
    `the verdict is fail, not pass: ${lateFinding.message}`,
  )
})

test('a control that the machine excuses is no proof against the harness; any other miss is', () => {
  const excuse = { verdict: 'inconclusive', why: 'the machine was starved' } as const
  const excused: Partial<RunResult> = {
    verdict: 'inconclusive',
    checks: checksThatFound({ ...lateFinding, excuse }),
  }
  const wasExcusedIf = (expected: ExpectedVerdict, run: Partial<RunResult>) =>
    wasExcused(controlResult(broken(expected), sampleRun(1, run)))
  expect(wasExcusedIf(late, excused)).toBe(true)
  expect(wasExcusedIf({ ...late, check: 'effects' }, lateRun)).toBe(false)
  expect(wasExcusedIf({ ...late, verdict: 'inconclusive', finding: /starved/ }, excused)).toBe(false)
  const lost = { check: 'effects', kind: 'safety', message: 'lost: a charge' } as const
  const both = checksThatFound({ ...lateFinding, excuse }, lost)
  expect(wasExcusedIf(late, { verdict: 'fail', checks: both })).toBe(false)
})
