// Runs that would disturb each other wait for a permit. The wait counts into nothing of a run.
import { setTimeout as delay } from 'node:timers/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { defineScenario, timerStarted } from '../harness/index.ts'
import { readRecord } from '../harness/record/reader.ts'
import { entriesOf } from '../harness/record/timeline.ts'
import { durableDemo } from '../workflows/workloads.ts'
import { runTestCampaign } from './support/campaign.ts'

const deadlineMs = 20_000
const runs = 4

/** Holds its permit for at least eight seconds, without an instant in which another run may have it. */
const slow = defineScenario({
  name: 'holds-its-permit',
  promise: 'Waiting for other runs is no part of a run.',
  probes: false,
  budgetMs: 30_000,
  deadlineMs,
  async run({ worker, start, reach }) {
    const demo = await start(durableDemo, { sleepMs: 1_000 })
    await reach(timerStarted(demo))
    await worker.kill()
    await delay(8_000)
    await worker.restart()
    await demo.completes()
  },
})

test('a run that waits for others longer than its deadline passes', async () => {
  await using outcome = await runTestCampaign({
    scenarios: [slow],
    flags: { runs, concurrency: runs },
    // Two cores: one run at a time injects.
    overrides: { cores: 2 },
  })
  expect(outcome.runs.map(({ verdict, reason }) => ({ verdict, reason }))).toEqual(
    Array.from({ length: runs }, () => ({ verdict: 'pass', reason: null })),
  )
  const waitedMs = await Promise.all(
    outcome.runs.map(async ({ folder }) => {
      const { timeline } = await readRecord(path.join(outcome.folder, folder))
      return entriesOf(timeline, 'step')[0]?.atMs ?? 0
    }),
  )
  expect(Math.max(...waitedMs)).toBeGreaterThan(deadlineMs)
}, 180_000)
