import { expect, test } from 'vitest'
import type { FaultResult, RunResult } from '../result/campaign-result.ts'
import { sampleResult, sampleRun, sampleScenario } from '../../fixtures/campaign-results.ts'
import { runDetails } from './run-details.ts'

const scenario = sampleScenario([sampleRun(1)])
const { campaign } = sampleResult([scenario], 1)

function linesOf(differing: Partial<RunResult>) {
  return runDetails(sampleRun(1, differing), { campaign, scenario, record: 'runs/1' })
}

test('a run says that its time was virtual, and only such a run', () => {
  expect(linesOf({ virtualMs: 86_399_940 })).toContainEqual({
    label: 'virtual',
    text: "the server skipped 24 h 00 min of the workflow's time",
  })
  expect(linesOf({ virtualMs: 0 }).map(({ label }) => label)).not.toContain('virtual')
})

test('a run says how exact its figures are, where that was measured', () => {
  expect(linesOf({ clockErrorMs: 1.2 })).toContainEqual({
    label: 'clock',
    text: 'figures are exact to 2 ms',
  })
  expect(linesOf({ clockErrorMs: null }).map(({ label }) => label)).not.toContain('clock')
})

test.each([
  ['another worker was there', 3_300, 'drain 3.30 s; exitCode=0'],
  ['it was missed after that', 4_100, 'drain 3.30 s, away for 4.10 s; exitCode=0'],
  ['nobody came after it', null, 'drain 3.30 s, and never ready again; exitCode=0'],
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
