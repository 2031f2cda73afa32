// The recovery figure must depend on what it measures, and on nothing else.
import { setTimeout as delay } from 'node:timers/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { defineScenario, readRecord, timerFired, timerStarted } from '../harness/index.ts'
import { followHistory } from '../harness/temporal/history-capture.ts'
import { eventTimeMs, type HistoryEvent } from '../harness/history/event.ts'
import type { RunRecord } from '../harness/record/record.ts'
import { entriesOf } from '../harness/record/timeline.ts'
import type { Scenario } from '../harness/scenario/scenario.ts'
import { durableDemo } from '../workflows/workloads.ts'
import { onlyRun, runTestCampaign, type TestCampaign } from './support/campaign.ts'

const promise = 'A durable timer outlives the worker that started it.'

/**
 * The timer fires while the worker is down. The worker comes back late enough that the timeout of the sticky
 * queue, one second, is long over, so the wait is only for the worker's return.
 */
function dueWhileDown(name: string, downForMs: number): Scenario {
  return defineScenario({
    name,
    promise,
    async run({ worker, start, reach }) {
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
  async run({ worker, start, reach }) {
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
  /** How long after the scenario's timer had fired the observer saw it. */
  readonly seenAfterMs: number
}

/** The figures of each run, by scenario. */
async function figuresOf(campaign: TestCampaign): Promise<ReadonlyMap<string, readonly Figures[]>> {
  await using outcome = await runTestCampaign(campaign)
  const measured = outcome.result.scenarios.map(async ({ name, runs }) => {
    const figures = runs.map(async ({ recoveryMs, folder }): Promise<Figures> => {
      const record = await readRecord(path.join(outcome.folder, folder))
      const second = entriesOf(record.timeline, 'incarnation').filter(({ incarnation }) => incarnation === 2)
      const [spawned, ready] = second.map(({ atMs }) => atMs)
      if (recoveryMs === null || spawned === undefined || ready === undefined) throw new Error('not measured')
      return { recoveryMs, startUpMs: ready - spawned, seenAfterMs: seenAfterMs(record) }
    })
    return [name, await Promise.all(figures)] as const
  })
  return new Map(await Promise.all(measured))
}

function isTimerFired({ eventType }: HistoryEvent): boolean {
  return eventType === 'EVENT_TYPE_TIMER_FIRED'
}

function seenAfterMs({ header, captures }: RunRecord): number {
  const fired = captures.find(({ event }) => isTimerFired(event))
  if (fired === undefined) throw new Error('nobody saw the timer fire')
  return header.wallAtZeroMs + fired.receivedAtMs - eventTimeMs(fired.event)
}

/** The quickest of several equal runs, which leaves out what a busy machine adds to single ones. */
function quickest(figures: readonly number[]): number {
  return Math.min(...figures)
}

describe('recovery', () => {
  test('grows by the delay of the respawn, if the timer was already due', async () => {
    // One run at a time, and with a budget that leaves out how long a process takes to start.
    const flags = { budget: 20_000, runs: 4, concurrency: 1 }
    const scenarios = [dueWhileDown('soon', 2_000), dueWhileDown('later', 4_000)]
    const figures = await figuresOf({ scenarios, flags })
    const withoutStartUp = (name: string) =>
      quickest((figures.get(name) ?? []).map(({ recoveryMs, startUpMs }) => recoveryMs - startUpMs))
    const soon = withoutStartUp('soon')
    const later = withoutStartUp('later')
    expect(later - soon).toBeGreaterThan(1_850)
    expect(later - soon).toBeLessThan(2_150)
  })

  test('does not change if the observer is a second late', async () => {
    /** The observer sees the end of the timer, and everything after it, a second late. */
    const behind: typeof followHistory = async (observer, capture, listener, signal) => {
      let fired = false
      let turn: Promise<unknown> = Promise.resolve()
      const seen = (look: () => void) => {
        const then = fired ? delay(1_000) : undefined
        turn = turn.then(() => then).then(look)
      }
      const lateCapture: typeof capture = {
        run: capture.run,
        add(event) {
          fired ||= isTimerFired(event)
          seen(() => capture.add(event))
        },
      }
      const lateListener: typeof listener = {
        event: (of, event) => seen(() => listener.event(of, event)),
        gap: (of, message) => seen(() => listener.gap(of, message)),
      }
      await followHistory(observer, lateCapture, lateListener, signal)
      await turn
    }
    const campaign = { scenarios: [dueAfterwards], flags: { runs: 3 } }
    const measured = async (one: TestCampaign) => (await figuresOf(one)).get(dueAfterwards.name) ?? []
    const prompt = await measured(campaign)
    const late = await measured({ ...campaign, overrides: { follow: behind } })
    const quickestOf = (figures: readonly Figures[], figure: keyof Figures) =>
      quickest(figures.map((one) => one[figure]))
    // Proves the delay: in each run the observer saw the timer fire a second late.
    expect(quickestOf(prompt, 'seenAfterMs')).toBeLessThan(500)
    expect(quickestOf(late, 'seenAfterMs')).toBeGreaterThan(990)
    expect(Math.abs(quickestOf(late, 'recoveryMs') - quickestOf(prompt, 'recoveryMs'))).toBeLessThan(150)
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
