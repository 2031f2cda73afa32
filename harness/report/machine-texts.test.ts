import { describe, expect, test } from 'vitest'
import {
  checksThatFound,
  lateFinding,
  sampleResult,
  sampleRun,
  sampleScenario,
} from '../../test/support/campaign-results.ts'
import type { Excuse } from '../result/check-result.ts'
import { describeMachine, machineHelp } from './machine-texts.ts'

const quiet = {
  waiting: 0.034,
  cpuPressure: 0.2,
  ioPressure: 0.01,
  memoryPressure: 0,
  load: 1.23,
  standstillMs: 0,
}

test('the load of a machine', () => {
  expect(describeMachine(quiet)).toBe(
    'CPU pressure 20 %, IO 1 %, memory 0 %, load 1.2; its processes waited for a core for 3 % of the time',
  )
})

test('a machine that tells little, and a harness that stood still', () => {
  const seen = {
    waiting: null,
    cpuPressure: null,
    ioPressure: null,
    memoryPressure: null,
    load: 3,
    standstillMs: 6_000,
  }
  expect(describeMachine(seen)).toBe('load 3.0; the harness stood still for 6.00 s')
})

describe('what helps', () => {
  const excused = (run: number, verdict: Excuse['verdict']) =>
    sampleRun(run, { verdict, checks: checksThatFound({ ...lateFinding, excuse: { verdict, why: 'so' } }) })
  const help = (...runs: ReturnType<typeof sampleRun>[]) =>
    machineHelp(sampleResult([sampleScenario(runs)], runs.length))

  test('nothing is said if no verdict is the machine’s', () => {
    const lateBesideLost = sampleRun(2, {
      verdict: 'fail',
      checks: checksThatFound(
        { ...lateFinding, excuse: { verdict: 'inconclusive', why: 'so' } },
        { check: 'effects', kind: 'safety', message: 'lost' },
      ),
    })
    expect(help(sampleRun(1), lateBesideLost)).toBe('')
  })

  test('a starved machine, and a harness that stood still', () => {
    expect(help(excused(1, 'inconclusive'), excused(2, 'inconclusive'), excused(3, 'error'))).toBe(
      '2 runs are inconclusive because the machine was starved: run fewer side by side (--concurrency 1), or have fewer neighbours.\n' +
        '1 run is an error because the harness stood still: do not stop it, and let its machine run.',
    )
  })
})
