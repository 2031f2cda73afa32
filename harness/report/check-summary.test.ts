import { expect, test } from 'vitest'
import { sampleResult, sampleRun, sampleScenario } from '../../test/support/campaign-results.ts'
import type { CheckResult } from '../result/check-result.ts'
import { describeChecks, notCheckedLine } from './check-summary.ts'

function answered(check: string, status: CheckResult['status'], why?: string): CheckResult {
  return { check, status, findings: [], ...(why === undefined ? {} : { why }) }
}

const kept = [answered('effects', 'kept'), answered('result', 'kept')]
const noReplayer = answered('replay', 'not-checked', 'no replayer for this worker')

test('a run whose checks all kept their promise shows only their number', () => {
  expect(describeChecks(kept)).toBe('2 kept')
})

test('a run names broken and unchecked checks, with the reason', () => {
  const all = [...kept, noReplayer, answered('recovery', 'broken'), answered('probes', 'not-checked')]
  expect(describeChecks([...kept, noReplayer])).toBe(
    '2 kept, 1 not checked: replay, no replayer for this worker',
  )
  expect(describeChecks(all)).toBe(
    '2 kept, 1 broken (recovery), 2 not checked: replay, no replayer for this worker; probes',
  )
})

function lineOf(...runs: CheckResult[][]): string {
  const sampled = runs.map((checks, index) => sampleRun(index + 1, { checks }))
  return notCheckedLine(sampleResult([sampleScenario(sampled)], runs.length))
}

test('a campaign counts runs with unchecked checks, and names the reason if there is only one', () => {
  const other = answered('replay', 'not-checked', 'the history could not be read')
  expect(lineOf(kept, kept)).toBe('')
  expect(lineOf([noReplayer], [noReplayer])).toBe(
    'not checked: replay in all runs (no replayer for this worker)',
  )
  expect(lineOf([noReplayer], [other], kept)).toBe('not checked: replay in 2 of 3 runs')
  expect(lineOf([noReplayer, answered('probes', 'not-checked', 'no probe was made')], kept)).toBe(
    'not checked: replay in 1 of 2 runs (no replayer for this worker), probes in 1 of 2 runs (no probe was made)',
  )
})
