// Everything that can happen to a worker, and its effects on the record, on real processes.
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { findingsOf } from '../harness/result/check-result.ts'
import { defineScenario, readRecord } from '../harness/index.ts'
import { entriesOf } from '../harness/record/timeline.ts'
import { progress } from '../workflows/durable-demo.ts'
import { durableDemo } from '../workflows/workloads.ts'
import { asleep } from '../controls/shared/steps.ts'
import { sharedCampaign } from './support/campaign.ts'

const promise = 'A worker may go, and come back.'
/** Other tests share the machine, so recovery may be slow here. */
const budgetMs = 20_000

const terminated = defineScenario({
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

const paused = defineScenario({
  name: 'paused',
  promise,
  budgetMs,
  async run(run) {
    const demo = await asleep(run)
    await run.worker.pause()
    await run.worker.resume()
    await demo.completes()
  },
})

const dying = defineScenario({
  name: 'dying',
  promise,
  async run(run) {
    const demo = await asleep(run)
    process.kill(run.worker.handle.current.process.pid, 'SIGKILL')
    await demo.completes()
  },
})

const answers: string[] = []
const asked = defineScenario({
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

const oversleeping = defineScenario({
  name: 'oversleeping',
  promise,
  async run({ start }) {
    const demo = await start(durableDemo, { sleepMs: 24 * 60 * 60 * 1_000 + 1 })
    await demo.completes()
  },
})

const { runOf, folderOf } = sharedCampaign({ scenarios: [terminated, paused, dying, asked, oversleeping] })

describe('a worker', () => {
  test('terminated drains and exits by itself; each incarnation has its own log and identity', async () => {
    expect(runOf(terminated)).toMatchObject({
      verdict: 'pass',
      faults: [{ evidence: { exitCode: 0, exitSignal: null } }],
    })
    const folder = folderOf(terminated)
    expect(await readdir(path.join(folder, 'logs'))).toEqual(['worker-1-1.log', 'worker-1-2.log'])
    const { timeline } = await readRecord(folder)
    const ready = entriesOf(timeline, 'incarnation').filter(({ phase }) => phase === 'ready')
    expect(ready.map(({ identity }) => identity)).toEqual(['worker-1#1', 'worker-1#2'])
    expect(new Set(ready.map(({ pid }) => pid)).size).toBe(2)
  })

  test('paused is stopped according to the kernel, and continues when resumed', () => {
    expect(runOf(paused)).toMatchObject({ verdict: 'pass', faults: [{ evidence: { state: 'T' } }] })
  })

  test('that somebody else kills ends the run as an error, with the signal', () => {
    const run = runOf(dying)
    expect(run).toMatchObject({
      verdict: 'error',
      reason: expect.stringMatching(/was ended by SIGKILL, which the harness did not send/),
    })
    expect(findingsOf(run.checks)).toContainEqual(expect.objectContaining({ code: 'CHAOS_WORKER_DIED' }))
  })
})

describe('durableDemo', () => {
  test('reports its progress, before and after its worker was replaced', () => {
    expect(runOf(asked).verdict).toBe('pass')
    expect(answers).toEqual(['asleep', 'done'])
  })

  test('refuses to sleep longer than a day, which is not the promised outcome', () => {
    const run = runOf(oversleeping)
    expect(run).toMatchObject({ verdict: 'fail', reason: expect.any(String) })
    expect(findingsOf(run.checks)).toContainEqual(
      expect.objectContaining({
        check: 'result',
        message: expect.stringMatching(/ ended with .*failed.*sleepMs must be above 0/),
      }),
    )
  })
})
