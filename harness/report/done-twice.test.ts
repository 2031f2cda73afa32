import { expect, test } from 'vitest'
import { sampleResult, sampleRun, sampleScenario } from '../../test/support/campaign-results.ts'
import type { RunResult } from '../result/campaign-result.ts'
import { doneTwiceLine } from './done-twice.ts'

const open: RunResult['checks'] = [
  { check: 'effects', status: 'not-checked', why: 'no effect was reported to the ledger', findings: [] },
  { check: 'rows', status: 'not-checked', why: 'no query of own tables is declared', findings: [] },
]
const retries = { workflowTasksTimedOut: 0, activityAttempts: 2 }

function lineOf(change: Partial<RunResult>, project: string | undefined = '/shop/chaos.toml'): string {
  const result = sampleResult([sampleScenario([{ ...sampleRun(1), checks: open, retries, ...change }])], 1)
  const settings = { ...result.campaign.settings, project }
  return doneTwiceLine({ ...result, campaign: { ...result.campaign, settings } })
}

test('attempts were repeated and nobody looked', () => {
  expect(lineOf({})).toMatch(
    /^NOT CHECKED: whether activities did their work twice. 2 attempts were repeated, and neither/,
  )
})

test('an effect that the ledger heard of again', () => {
  expect(lineOf({ effects: { accepted: 1, repeated: 1 } })).toMatch(
    /^done twice\? The ledger heard of an effect again in 1 of 1 runs, such as .* #1\. If what the activity calls/,
  )
})

test.each<Partial<RunResult>>([
  { retries: { workflowTasksTimedOut: 1, activityAttempts: 0 } },
  { checks: [{ check: 'rows', status: 'kept', findings: [] }] },
])('nothing was repeated, or somebody looked: %o', (change) => {
  expect(lineOf(change)).toBe('')
})

test('the demonstration’s outside accepts a key once', () => {
  const result = sampleResult([sampleScenario([{ ...sampleRun(1), checks: open, retries }])], 1)
  expect(doneTwiceLine(result)).toBe('')
})
