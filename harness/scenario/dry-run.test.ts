import { describe, expect, test } from 'vitest'
import { storedRecord } from '../../test/support/stored-record.ts'
import { status } from '../../workflows/approval.ts'
import { amend, amendment, decide, decision } from '../../workflows/decision.ts'
import { profiles } from '../config/profiles.ts'
import { assets } from '../core/assets.ts'
import { killWorker } from '../faults/kill-worker.ts'
import type { ScenarioContext } from './context.ts'
import { dryRun } from './dry-run.ts'
import { loadScenarios, scenarioNamed } from './load.ts'
import { planFactsOf } from './plan-facts.ts'
import { defineScenario, type ScenarioDefinition } from './scenario.ts'
import { runSeed } from '../core/seed.ts'

const own = (await loadScenarios(assets.scenarios)).map(({ scenario }) => scenario)

function dry(run: (context: ScenarioContext) => Promise<void>, more: Partial<ScenarioDefinition> = {}) {
  const scenario = defineScenario({ name: 'tried', promise: 'x', ...more, run })
  return dryRun(scenario, { campaignSeed: 1, run: 1, seed: 1, profile: profiles.tuned })
}

const workload = { workflow: 'work', golden: () => ({ outcomes: [], effects: [] }) }

describe('a dry run makes the choices and injects the faults of a real run with the same seeds', () => {
  test.each(['due-during-the-outage', 'due-after-the-outage', 'a-day-was-skipped'] as const)(
    '%s',
    async (name) => {
      const { header, timeline } = await storedRecord(name)
      const { campaignSeed, run, seed } = header
      const scenario = scenarioNamed(own, header.scenario)
      const { facts, incomplete } = await dryRun(scenario, {
        campaignSeed,
        run,
        seed,
        profile: header.profile,
      })
      const real = planFactsOf(timeline)
      expect(incomplete).toBeNull()
      expect(real.choices.length).toBeGreaterThan(0)
      expect(facts.choices.map(({ name, value }) => [name, value])).toEqual(
        real.choices.map(({ name, value }) => [name, value]),
      )
      expect(facts.faults).toEqual(real.faults)
    },
  )
})

describe('every scenario can be run dry', () => {
  test.each(own.map((scenario) => [scenario.name, scenario] as const))('%s', async (name, scenario) => {
    for (let run = 1; run <= 4; run += 1) {
      const seed = runSeed(42, name, run)
      const { facts, steps, incomplete } = await dryRun(scenario, {
        campaignSeed: 42,
        run,
        seed,
        profile: profiles.tuned,
      })
      expect(facts.faults.length).toBeGreaterThan(0)
      expect(facts.faults.every(({ after }) => after.length > 0)).toBe(true)
      expect(steps[0]).toMatch(/^start /)
      // These read an answer; the others come to their end.
      const readsAnswers = ['kill-worker-mid-activity', 'signal-after-restart'].includes(name)
      expect(incomplete !== null).toBe(readsAnswers)
    }
  })
})

describe('what only a real run can tell ends the plan with the reason', () => {
  const start = ({ start }: ScenarioContext) => start(workload, {})
  test.each([
    [
      'the answer to the update amend',
      async (context: ScenarioContext) =>
        (await (await start(context)).update(amend, amendment('zoe', 1, 5))).answer,
    ],
    [
      'the answer to the signal decide',
      async (context: ScenarioContext) =>
        (await (await start(context)).signal(decide, decision('ana', 1))).answer,
    ],
    [
      'the answer to the query status',
      async (context: ScenarioContext) => (await start(context)).query(status),
    ],
    ['the run id of tried-1-work-1', async (context: ScenarioContext) => (await start(context)).runId],
    ['the effect that the ledger holds under k', async (context: ScenarioContext) => context.effectOf('k')],
    ['the state of worker-1', async ({ worker }: ScenarioContext) => worker.handle.isUp],
  ])('%s', async (what, read) => {
    const { incomplete, facts, steps } = await dry(async (context) => {
      context.choose.oneOf('before', ['x'])
      await read(context)
      context.choose.oneOf('after', ['x'])
      await context.worker.kill()
    })
    expect(incomplete).toBe(`What the scenario does next depends on ${what}, which only a real run brings.`)
    expect(facts.choices.map(({ name }) => name)).toEqual(['before'])
    expect(facts.faults).toEqual([])
    expect(steps).not.toContain('inject kill-worker on worker-1#1')
  })

  test('also if the scenario catches the error and goes on', async () => {
    const { incomplete, facts } = await dry(async ({ effectOf, worker }) => {
      try {
        effectOf('k')
      } catch {
        await worker.kill()
      }
    })
    expect(incomplete).toContain('the ledger')
    expect(facts.faults).toEqual([])
  })

  test('an answer that nobody reads ends nothing', async () => {
    const { incomplete, steps } = await dry(async (context) => {
      const work = await start(context)
      await work.from('ana').signal(decide, decision('ana', 1))
      await work.update(amend, amendment('zoe', 1, 5))
      await work.completes()
    })
    expect(incomplete).toBeNull()
    expect(steps).toEqual([
      'start tried-1-work-1',
      'signal decide of tried-1-work-1 by ana',
      'update amend of tried-1-work-1 by scenario',
      'await tried-1-work-1',
    ])
  })
})

test('each fault names the incarnation that it meets, and the moments before it', async () => {
  const moment = (name: string) => ({
    name,
    run: { workflowId: 'w', runId: 'r' },
    lasting: true,
    source: 'history' as const,
    find: () => undefined,
  })
  const { facts } = await dry(
    async ({ worker, postgres, reach, stillIn, inject }) => {
      await reach(moment('one'))
      await worker.kill()
      await postgres.pause()
      await worker.restart()
      await stillIn(moment('two'))
      await inject(killWorker(worker.handle))
      await worker.restart()
      await worker.startNext()
      await worker.drainPrevious()
    },
    { isolation: 'own-cluster' },
  )
  const faults = facts.faults.map(({ kind, target, effect, after }) => [kind, target.name, effect, after])
  expect(faults).toEqual([
    ['kill-worker', 'worker-1#1', 'dead', ['one']],
    ['pause-service', 'postgres', 'frozen', ['one']],
    ['kill-worker', 'worker-1#2', 'dead', ['two']],
    ['terminate-worker', 'worker-1#3', 'stopped', ['two']],
  ])
})

describe('a scenario with workers of its own', () => {
  const workers = { orders: { taskQueues: ['orders'] }, payments: { taskQueues: ['payments'] } }

  test('says on which queue it starts work, and which worker each fault meets', async () => {
    const { facts, steps } = await dry(
      async ({ worker, workers: { payments }, start }) => {
        await start(workload, {})
        await start(workload, {}, { taskQueue: 'payments' })
        await worker.kill()
        await payments?.kill()
        await worker.restart()
        await payments?.restart()
        await worker.kill()
      },
      { workers },
    )
    expect(facts.faults.map(({ target }) => target.name)).toEqual(['orders#1', 'payments#1', 'orders#2'])
    expect(steps.filter((step) => /start/.test(step))).toEqual([
      'start tried-1-work-1',
      'start tried-1-work-2 on the task queue payments',
      'restart orders',
      'restart payments',
    ])
  })

  test('is refused if no worker polls a queue that it starts work on', async () => {
    const parcels = ({ start }: ScenarioContext) => start(workload, {}, { taskQueue: 'parcels' })
    await expect(dry(async (context) => void (await parcels(context)), { workers })).rejects.toMatchObject({
      code: 'CHAOS_TASK_QUEUE_UNKNOWN',
    })
  })
})

test('a scenario that throws by itself throws in a dry run too', async () => {
  await expect(dry(() => Promise.reject(new Error('no such thing')))).rejects.toThrow('no such thing')
  await expect(dry(async ({ server }) => server.kill())).rejects.toMatchObject({
    code: 'CHAOS_CLUSTER_SHARED',
  })
})

describe('given choices', () => {
  const scenario = scenarioNamed(own, 'kill-worker-mid-sleep')
  const options = { campaignSeed: 42, run: 1, seed: runSeed(42, scenario.name, 1), profile: profiles.tuned }

  test('decide which way the scenario goes', async () => {
    const early = await dryRun(scenario, { ...options, given: { 'timer is due': 'during the outage' } })
    const late = await dryRun(scenario, { ...options, given: { 'timer is due': 'after the outage' } })
    const fires = 'reach timer 1 of kill-worker-mid-sleep-1-durableDemo-1 to fire'
    expect([early.steps.includes(fires), late.steps.includes(fires)]).toEqual([true, false])
  })

  test.each([
    [{ 'timer is due': 'never' }, 'CHAOS_PLAN_INVALID_CHOICE'],
    [{ 'timer is du': 'after the outage' }, 'CHAOS_PLAN_UNKNOWN_CHOICE'],
  ])('are refused before anything starts: %j', async (given, code) => {
    await expect(dryRun(scenario, { ...options, given })).rejects.toMatchObject({ code, kind: 'usage' })
  })
})
