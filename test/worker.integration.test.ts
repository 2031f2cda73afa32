// What can happen to a worker, and what is seen of it, on real processes.
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { findingsOf } from '../harness/result/check-result.ts'
import { defineScenario, readRecord } from '../harness/index.ts'
import { entriesOf } from '../harness/record/timeline.ts'
import { progress } from '../workflows/durable-demo.ts'
import { durableDemo } from '../workflows/workloads.ts'
import { asleep } from './support/asleep.ts'
import { onlyRun, runTestCampaign } from './support/campaign.ts'

const promise = 'A worker may go, and come back.'
/** These runs share the machine with other tests: how fast they recover is not what they are about. */
const budgetMs = 20_000

describe('a worker', () => {
  test('terminated drains and exits by itself; each incarnation has a log and an identity of its own', async () => {
    const scenario = defineScenario({
      name: 'terminated',
      promise,
      budgetMs,
      async run(run) {
        const demo = await asleep(run)
        await run.worker.terminate({ graceMs: 5_000 })
        await run.worker.restart()
        await demo.completes()
      },
    })
    await using outcome = await runTestCampaign({ scenarios: [scenario] })
    const run = onlyRun(outcome)
    expect(run).toMatchObject({ verdict: 'pass', faults: [{ evidence: { exitCode: 0, exitSignal: null } }] })
    const folder = path.join(outcome.folder, run.folder)
    expect(await readdir(path.join(folder, 'logs'))).toEqual(['worker-1-1.log', 'worker-1-2.log'])
    const { timeline } = await readRecord(folder)
    const ready = entriesOf(timeline, 'incarnation').filter(({ phase }) => phase === 'ready')
    expect(ready.map(({ identity }) => identity)).toEqual(['worker-1#1', 'worker-1#2'])
    expect(new Set(ready.map(({ pid }) => pid)).size).toBe(2)
  })

  test('paused is shown as stopped by the kernel, and goes on when resumed', async () => {
    const scenario = defineScenario({
      name: 'paused',
      promise,
      async run(run) {
        const demo = await asleep(run)
        await run.worker.pause()
        await run.worker.resume()
        await demo.completes()
      },
    })
    await using outcome = await runTestCampaign({ scenarios: [scenario] })
    expect(onlyRun(outcome)).toMatchObject({ verdict: 'pass', faults: [{ evidence: { state: 'T' } }] })
  })

  test('that dies by itself ends the run as an error, with its signal', async () => {
    const scenario = defineScenario({
      name: 'dying',
      promise,
      async run(run) {
        const demo = await asleep(run)
        process.kill(run.worker.handle.current.life.pid, 'SIGKILL')
        await demo.completes()
      },
    })
    await using outcome = await runTestCampaign({ scenarios: [scenario] })
    const run = onlyRun(outcome)
    expect(run).toMatchObject({ verdict: 'error', reason: expect.stringMatching(/ended by itself: SIGKILL/) })
    expect(findingsOf(run.checks)).toContainEqual(expect.objectContaining({ code: 'CHAOS_WORKER_DIED' }))
  })
})

describe('durableDemo', () => {
  test('says how far it is, before and after its worker was replaced', async () => {
    const answers: string[] = []
    const scenario = defineScenario({
      name: 'asked',
      promise,
      budgetMs,
      async run(run) {
        const demo = await asleep(run)
        answers.push(await demo.query(progress))
        await run.worker.kill()
        await run.worker.restart()
        await demo.completes()
        answers.push(await demo.query(progress))
      },
    })
    await using outcome = await runTestCampaign({ scenarios: [scenario] })
    expect(onlyRun(outcome).verdict).toBe('pass')
    expect(answers).toEqual(['asleep', 'done'])
  })

  test('refuses to sleep longer than a day, which is another outcome than promised', async () => {
    const scenario = defineScenario({
      name: 'oversleeping',
      promise,
      async run({ start }) {
        const demo = await start(durableDemo, { sleepMs: 24 * 60 * 60 * 1_000 + 1 })
        await demo.completes()
      },
    })
    await using outcome = await runTestCampaign({ scenarios: [scenario] })
    const reason = expect.stringMatching(/ came to .*failed.*sleepMs must be above 0/)
    expect(onlyRun(outcome)).toMatchObject({ verdict: 'fail', reason: expect.any(String) })
    expect(findingsOf(onlyRun(outcome).checks)).toContainEqual(
      expect.objectContaining({ check: 'result', message: reason }),
    )
  })
})
