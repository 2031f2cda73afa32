import { expect, test } from 'vitest'
import { readRecord } from '../record/reader.ts'
import { judgeRecord } from '../checks/judge-record.ts'
import type { CampaignResult, RunResult } from '../result/campaign-result.ts'
import { fileURLToPath } from 'node:url'
import { waitsByCause } from './waits-by-cause.ts'

async function judgedRun(name: string) {
  const folder = fileURLToPath(new URL(`../../fixtures/records/${name}`, import.meta.url))
  return judgeRecord(await readRecord(folder), '.')
}

function campaignOf(...runs: RunResult[]): CampaignResult {
  return { scenarios: [{ runs }] } as unknown as CampaignResult
}

const run = await judgedRun('the-worker-came-back-late')
const campaign = campaignOf(run)

test('the parts of the deciding wait add up to the run’s recovery, and all of them have a name', () => {
  const { causes, totalMs, namedShare } = waitsByCause(campaign, 'worst')
  expect(causes.map(([name]) => name)).toEqual(['respawn of the worker', 'replay and workflow code'])
  expect(totalMs).toBeCloseTo(run.recoveryMs ?? 0, 0)
  expect(namedShare).toBe(1)
})

test('with every obligation counted there is more of it', async () => {
  const many = campaignOf(run, await judgedRun('signals-after-a-restart'))
  expect(waitsByCause(many, 'all').totalMs).toBeGreaterThan(waitsByCause(many, 'worst').totalMs)
})

test('a campaign in which nothing waited has no share', () => {
  const idle = { scenarios: [] } as unknown as CampaignResult
  expect(waitsByCause(idle, 'all')).toEqual({ causes: [], totalMs: 0, namedShare: null })
})
