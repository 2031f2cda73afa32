import { expect, test } from 'vitest'
import { checksThatFound, sampleRun, troubledRuns } from '../../test/support/campaign-results.ts'
import { profileResult, quickProfile, slowProfile } from '../../test/support/comparison-results.ts'
import { comparisonSchema } from '../result/comparison.ts'
import { compareResults, isJudged, isUnsafe } from './comparison.ts'

const place = { id: 'c1', profiles: ['sdk-defaults', 'tuned'] }

test('each profile with what recovery waited for and what it cost', () => {
  const comparison = compareResults([slowProfile, quickProfile], place)
  expect(comparisonSchema.parse(comparison)).toEqual(comparison)
  expect(comparison).toMatchObject({
    comparison: { id: 'c1', seed: 42, runs: 3, profiles: [{ name: 'sdk-defaults' }, { name: 'tuned' }] },
    complete: true,
  })
  expect(comparison.scenarios.flatMap(({ profiles }) => profiles)).toEqual([
    {
      profile: 'sdk-defaults',
      required: 3,
      executed: 3,
      passed: 1,
      recovery: {
        minMs: 80,
        medianMs: 10_030,
        maxMs: 10_030,
        pointsMs: [80, 10_030, 10_030],
        unmeasured: 0,
      },
      causes: [
        {
          name: 'sticky schedule-to-start timeout',
          setting: 'stickyQueueScheduleToStartTimeout',
          runs: 2,
          observedMs: 10_000,
        },
      ],
      costs: { workflowTasksTimedOut: 2, activityAttempts: 4, redoneMs: 0 },
    },
    expect.objectContaining({
      profile: 'tuned',
      passed: 3,
      costs: { workflowTasksTimedOut: 3, activityAttempts: 0, redoneMs: 1_200 },
    }),
  ])
})

test('the most frequent cause comes first', () => {
  const respawn = { name: 'respawn of the worker', setting: null, observedMs: 600 }
  const run = sampleRun(1)
  const respawned = {
    ...run,
    obligations: run.obligations.map((one) => ({ ...one, cause: respawn })),
  }
  const result = profileResult('tuned', [sampleRun(1), respawned, respawned])
  const [scenario] = compareResults([result], { id: 'c1', profiles: ['tuned'] }).scenarios
  expect(scenario?.profiles[0]?.causes).toMatchObject([{ ...respawn, runs: 2 }, { runs: 1 }])
})

test('a record that could not be read is not measured, and no cost is known', () => {
  const { retries: _, ...unread } = sampleRun(1, { verdict: 'error', recoveryMs: null })
  const result = profileResult('tuned', [unread])
  const [scenario] = compareResults([result], { id: 'c1', profiles: ['tuned'] }).scenarios
  expect(scenario?.profiles[0]).toMatchObject({
    recovery: { minMs: null, pointsMs: [], unmeasured: 1 },
    costs: { workflowTasksTimedOut: 0, activityAttempts: 0, redoneMs: 0 },
  })
})

test('a comparison is complete only with every run of every profile judged', () => {
  expect(compareResults([slowProfile], place).complete).toBe(false)
  const [slow, inconclusive, broken] = troubledRuns.map((run) => profileResult('tuned', [run]))
  expect([slow, inconclusive, broken].map((result) => result !== undefined && isJudged(result))).toEqual([
    true,
    false,
    false,
  ])
})

test('a slow run is not unsafe, a lost effect is', () => {
  const lost = { check: 'effects', kind: 'safety', message: 'an effect was lost' } as const
  const runs = [...troubledRuns, sampleRun(5, { verdict: 'fail', checks: checksThatFound(lost) })]
  expect(runs.map(isUnsafe)).toEqual([false, false, false, true])
})
