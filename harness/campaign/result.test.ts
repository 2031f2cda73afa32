import { expect, test } from 'vitest'
import { sampleRun } from '../../test/support/campaign-results.ts'
import { ChaosError } from '../core/errors.ts'
import type { Verdict } from '../result/campaign-result.ts'
import { defineScenario } from '../scenario/scenario.ts'
import { planCampaign, type PlannedRun } from './plan.ts'
import { campaignResult, type Stop } from './result.ts'

const run = async () => {}
const one = defineScenario({ name: 'one', promise: 'x', run })
const other = defineScenario({ name: 'other', promise: 'x', run })
const plan = planCampaign(
  [one, other],
  { runs: undefined, run: undefined, budget: undefined, for: 1_000 },
  7,
  'process',
)

const drawn: PlannedRun[] = [
  { scenario: other, run: 1, seed: 1, budgetMs: 5_000 },
  { scenario: one, run: 1, seed: 2, budgetMs: 5_000 },
  { scenario: other, run: 2, seed: 3, budgetMs: 5_000 },
]

/** Of a soak that began the first `begun` of them, of which those that have a verdict were finished. */
function soakResult(begun: number, verdicts: readonly Verdict[], stopped: Stop | null = null) {
  return campaignResult({
    id: 'c',
    startedAt: '2026-01-01T00:00:00Z',
    plan,
    profile: 'tuned',
    settings: {},
    versions: { server: null, postgres: null },
    begun: drawn.slice(0, begun),
    finished: drawn.slice(0, verdicts.length).map(({ scenario, run }, index) => ({
      scenario: scenario.name,
      result: sampleRun(run, { verdict: verdicts[index] ?? 'error' }),
    })),
    stopped,
  })
}

test('a soak asks for the runs that it began, in the order of the scenarios', () => {
  const { scenarios, gate } = soakResult(3, ['pass', 'pass', 'pass'])
  expect(scenarios.map(({ name, required }) => [name, required])).toEqual([
    ['one', 1],
    ['other', 2],
  ])
  expect(gate).toMatchObject({ required: 3, executed: 3, passed: 3, ok: true })
})

test.for([
  ['that has begun nothing', soakResult(0, [])],
  ['of which a run did not pass', soakResult(2, ['pass', 'inconclusive'])],
  ['of which a run was begun and not finished', soakResult(3, ['pass', 'pass'])],
  [
    'that was stopped',
    soakResult(1, ['pass'], { reason: 'error', error: new ChaosError('no', { code: 'CHAOS_NO' }) }),
  ],
] as const)('a soak %s proves nothing', ([, { gate }]) => {
  expect(gate.ok).toBe(false)
})

test('what the backend cannot run is listed with the reason, and does not count', () => {
  const skipped = [{ scenario: 'cut', reason: 'no network' }]
  const { gate } = campaignResult({
    id: 'c',
    startedAt: '2026-01-01T00:00:00Z',
    plan: { seed: 7, backend: 'process', runs: drawn.slice(0, 1), soak: null, skipped },
    profile: 'tuned',
    settings: {},
    versions: { server: null, postgres: null },
    begun: drawn.slice(0, 1),
    finished: [{ scenario: 'other', result: sampleRun(1) }],
    stopped: null,
  })
  expect(gate).toMatchObject({ required: 1, executed: 1, passed: 1, skipped, ok: true })
})
