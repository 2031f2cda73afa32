// The recovery figure must move with what it measures, and with nothing else.
import { setTimeout as delay } from 'node:timers/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { defineScenario, readRecord, timerFired, timerStarted } from '../harness/index.ts'
import { followHistory } from '../harness/record/history-capture.ts'
import { entriesOf } from '../harness/record/timeline.ts'
import type { Scenario } from '../harness/scenario/scenario.ts'
import { durableDemo } from '../workflows/workloads.ts'
import { onlyRun, runTestCampaign, type TestCampaign } from './support/campaign.ts'

const promise = 'A durable timer outlives the worker that started it.'

/**
 * The timer fires while the worker is down, which then comes back so late that nothing but its return is waited
 * for: the sticky queue's second is long over.
 */
function dueWhileDown(name: string, downForMs: number): Scenario {
  return defineScenario({
    name,
    promise,
    async story({ worker, start, reach }) {
      const demo = await start(durableDemo, { sleepMs: 2_000 })
      await reach(timerStarted(demo))
      await worker.kill()
      await reach(timerFired(demo))
      await worker.restart({ afterMs: downForMs })
      await demo.completes()
    },
  })
}

const dueAfterwards = defineScenario({
  name: 'due-afterwards',
  promise,
  async story({ worker, start, reach }) {
    const demo = await start(durableDemo, { sleepMs: 4_000 })
    await reach(timerStarted(demo))
    await worker.kill()
    await worker.restart()
    await demo.completes()
  },
})

interface Figures {
  readonly recoveryMs: number
  /** From spawn to ready of the incarnation that took over. */
  readonly startUpMs: number
}

/** The figures of each run. */
async function figuresOf(campaign: TestCampaign): Promise<Figures[]> {
  await using outcome = await runTestCampaign(campaign)
  return await Promise.all(
    outcome.runs.map(async ({ recoveryMs, folder }) => {
      const { timeline } = await readRecord(path.join(outcome.folder, folder))
      const second = entriesOf(timeline, 'incarnation').filter(({ incarnation }) => incarnation === 2)
      const [spawned, ready] = second.map(({ atMs }) => atMs)
      if (recoveryMs === null || spawned === undefined || ready === undefined) throw new Error('not measured')
      return { recoveryMs, startUpMs: ready - spawned }
    }),
  )
}

/** Of several like runs: what a busy machine adds to one of them is not in question here. */
function quickest(figures: readonly number[]): number {
  return Math.min(...figures)
}

describe('recovery', () => {
  test('rises by as much as the respawn is delayed, where the timer was due', async () => {
    // One run at a time, and how long a process takes to start is not in question here.
    const flags = { budget: 20_000, runs: 2, concurrency: 1 }
    const withoutStartUp = async (scenario: Scenario) =>
      quickest(
        (await figuresOf({ scenarios: [scenario], flags })).map((one) => one.recoveryMs - one.startUpMs),
      )
    const soon = await withoutStartUp(dueWhileDown('soon', 2_000))
    const later = await withoutStartUp(dueWhileDown('later', 4_000))
    expect(later - soon).toBeGreaterThan(1_850)
    expect(later - soon).toBeLessThan(2_150)
  })

  test('does not change when the observer is paused for a second', async () => {
    /** Everything after the start of the timer is seen a second late. */
    const late: typeof followHistory = async (observer, capture, listener, signal) => {
      let turn: Promise<void> = Promise.resolve()
      const add: typeof capture.add = (event) => {
        turn = turn.then(() => capture.add(event))
        if (event.eventType === 'EVENT_TYPE_TIMER_STARTED') turn = turn.then(() => delay(1_000))
      }
      await followHistory(observer, { run: capture.run, add }, listener, signal)
      await turn
    }
    const campaign = { scenarios: [dueAfterwards], flags: { runs: 3 } }
    const recoveriesOf = async (of: TestCampaign) => (await figuresOf(of)).map(({ recoveryMs }) => recoveryMs)
    const prompt = quickest(await recoveriesOf(campaign))
    const paused = quickest(await recoveriesOf({ ...campaign, seams: { follow: late } }))
    expect(Math.abs(paused - prompt)).toBeLessThan(150)
  })

  test('misses the budget under the SDK’s defaults, and names the setting that decides it', async () => {
    const flags = { profile: 'sdk-defaults' }
    await using outcome = await runTestCampaign({ scenarios: [dueAfterwards], flags })
    const run = onlyRun(outcome)
    expect(run).toMatchObject({
      verdict: 'fail',
      reason: expect.stringContaining('stickyQueueScheduleToStartTimeout'),
    })
    expect(run.recoveryMs).toBeGreaterThan(9_000)
    expect(run.recoveryMs).toBeLessThan(12_500)
    const timer = run.obligations.find(({ kind }) => kind === 'timer')
    expect(timer?.cause).toMatchObject({ name: 'sticky schedule-to-start timeout' })
  })
})
