import { describe, expect, test } from 'vitest'
import type { FaultResult, RunResult } from '../result/campaign-result.ts'
import { sampleResult, sampleRun, sampleScenario } from '../../test/support/campaign-results.ts'
import { runDetails } from './run-details.ts'

const scenario = sampleScenario([sampleRun(1)])
const { campaign } = sampleResult([scenario], 1)

function linesOf(differing: Partial<RunResult>, isRecordHere = true) {
  return runDetails(sampleRun(1, differing), { campaign, scenario, record: 'runs/1', isRecordHere })
}

test('a run mentions virtual time only if it had some', () => {
  expect(linesOf({ virtualMs: 86_399_940 })).toContainEqual({
    label: 'virtual',
    text: "the server skipped 24 h 00 min of the workflow's time",
  })
  expect(linesOf({ virtualMs: 0 }).map(({ label }) => label)).not.toContain('virtual')
})

test('a run tells the late calls that the ledger refused', () => {
  const late = 'late call of attempt 1 by worker-1#1: the ledger refused paid'
  expect(linesOf({ effects: { accepted: 1, repeated: 1, late: [late] } })).toContainEqual({
    label: 'effects',
    text: late,
  })
  expect(linesOf({}).map(({ label }) => label)).not.toContain('effects')
})

test('a run shows the error of its figures if it was measured', () => {
  expect(linesOf({ clockErrorMs: 1.2 })).toContainEqual({
    label: 'clock',
    text: 'figures are exact to 2 ms',
  })
  expect(linesOf({ clockErrorMs: null }).map(({ label }) => label)).not.toContain('clock')
})

test.each([
  ['another worker was ready', 3_300, 'drain 3.30 s; exitCode=0'],
  ['no worker was ready after the drain', 4_100, 'drain 3.30 s, away for 4.10 s; exitCode=0'],
  ['no worker came after it', null, 'drain 3.30 s, and never ready again; exitCode=0'],
])('a worker that was told to stop has a drain: %s', (_, outageMs, course) => {
  const stopped: FaultResult = {
    kind: 'terminate-worker',
    target: { kind: 'worker', name: 'worker-1#1' } as const,
    effect: 'stopped' as const,
    evidence: { exitCode: 0 },
    startedAtMs: 1_200,
    confirmedAtMs: 4_500,
    outageMs,
  }
  expect(linesOf({ faults: [stopped] })).toContainEqual({
    label: 'fault',
    text: `terminate-worker on worker-1#1 at 1.20 s, ${course}`,
  })
})

describe('the commands that run a run again', () => {
  const replay = 'pnpm chaos replay runs/1'
  const seed = 'pnpm chaos run kill-worker-mid-sleep --run 1 --seed 42 --profile tuned'
  test.each([
    ['by its plan and from its seed', {}, true, `${replay}\n${seed}`],
    ['from its seed alone in a report that may lie anywhere', {}, false, seed],
    ['by its plan alone if choices were edited', { edited: ['due'] }, true, replay],
    ['by its plan alone, wherever that is', { edited: ['due'] }, false, replay],
  ])('%s', (_, differing, isRecordHere, text) => {
    expect(linesOf(differing, isRecordHere)).toContainEqual({ label: 'again', text })
  })

  test('edited choices are not called drawn', () => {
    const labels = (edited?: string[]) =>
      linesOf(edited === undefined ? {} : { edited }).map(({ label }) => label)
    expect(labels()).toContain('drawn')
    expect(labels(['due'])).toContain('given')
    expect(labels(['due'])).not.toContain('drawn')
  })
})
