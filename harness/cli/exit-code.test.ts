import { describe, expect, test } from 'vitest'
import {
  checksThatFound,
  sampleResult,
  sampleRun,
  sampleScenario,
} from '../../test/support/campaign-results.ts'
import type { CampaignOutcome } from '../campaign/campaign.ts'
import { ChaosError, UsageError } from '../core/errors.ts'
import type { Verdict } from '../result/campaign-result.ts'
import type { NamedFinding } from '../result/check-result.ts'
import { comparisonExitCode, exitCodeOf } from './exit-code.ts'

const diskFull = new ChaosError('the disk is full', { code: 'CHAOS_DISK_FULL' })
const stop = (reason: 'interrupted' | 'bail' | 'error', error = diskFull) => ({ reason, error })

function outcome(verdicts: Verdict[], stopped: CampaignOutcome['stopped'] = null): CampaignOutcome {
  const runs = verdicts.map((verdict, index) => sampleRun(index + 1, { verdict }))
  return { result: sampleResult([sampleScenario(runs)], verdicts.length), stopped }
}

function wrongPlan(): CampaignOutcome {
  const checks = checksThatFound({
    check: 'reported-errors',
    kind: 'harness',
    code: 'CHAOS_PLAN_UNKNOWN_CHOICE',
    message: 'kill makes no choice "due" in this run',
  })
  return {
    result: sampleResult([sampleScenario([sampleRun(1, { verdict: 'error', checks })])], 1),
    stopped: null,
  }
}

test.each([
  ['everything passed', outcome(['pass', 'pass']), 0],
  ['a run failed, another could not be tested', outcome(['error', 'fail', 'inconclusive']), 1],
  ['a run could not be tested', outcome(['pass', 'inconclusive']), 3],
  ['the harness failed in a run', outcome(['pass', 'error']), 3],
  ['stopped by an error after all that ran passed', outcome(['pass'], stop('error')), 3],
  ['stopped by an error after a run had failed', outcome(['fail'], stop('error')), 1],
  ['stopped by wrong usage', outcome([], stop('error', new UsageError('no'))), 2],
  ['a plan gave a choice that the scenario does not make', wrongPlan(), 2],
  ['interrupted after a run had failed', outcome(['fail'], stop('interrupted')), 130],
])('%s', (_, given, code) => {
  expect(exitCodeOf(given)).toBe(code)
})

test.each([
  ['what passed is not proven', outcome(['pass']), 3],
  ['what failed has failed', outcome(['fail']), 1],
  ['an interruption is one', outcome(['pass'], stop('interrupted')), 130],
])('without reports, %s', (_, given, code) => {
  expect(exitCodeOf(given, diskFull)).toBe(code)
})

describe('of a comparison of two profiles', () => {
  const kept = outcome(['pass', 'pass'])
  const slow = outcome(['pass', 'fail'])
  const stopped = (reason: 'interrupted' | 'error', error = diskFull): CampaignOutcome => {
    const { result } = outcome([])
    const gate = { ...result.gate, stopped: { reason, message: '' } }
    return { result: { ...result, gate }, stopped: stop(reason, error) }
  }
  const lost: NamedFinding = { check: 'effects', kind: 'safety', message: 'an effect was lost' }
  const unsafeRun = sampleRun(1, { verdict: 'fail', checks: checksThatFound(lost) })
  const unsafe = { result: sampleResult([sampleScenario([unsafeRun])], 1), stopped: null }

  test.each([
    ['both kept the promise', [kept, kept], 0],
    ['one is too slow', [slow, kept], 0],
    ['both are too slow', [slow, slow], 0],
    ['one lost something', [unsafe, kept], 1],
    ['one lost something, the other was not tested', [unsafe, outcome(['inconclusive'])], 1],
    ['a run could not be tested', [slow, outcome(['pass', 'inconclusive'])], 3],
    ['the harness failed in a run', [outcome(['error']), kept], 3],
    ['one was not run at all', [kept], 3],
    ['nothing was run', [], 3],
    ['stopped by an error', [kept, stopped('error')], 3],
    ['stopped by wrong usage', [stopped('error', new UsageError('no'))], 2],
    ['interrupted after something was lost', [unsafe, stopped('interrupted')], 130],
  ])('%s', (_, outcomes, code) => {
    expect(comparisonExitCode(outcomes, 2)).toBe(code)
  })

  test('without reports, it shows nothing', () => {
    expect(comparisonExitCode([kept, kept], 2, diskFull)).toBe(3)
  })
})
