// Problems in the scenarios: the harness finds them, and blames the system only for its own faults (broken twins are in
// controls/). The runs of a block are one campaign, since starting a cluster takes longer than most of them.
import { describe, expect, test } from 'vitest'
import { activityHeartbeat, defineScenario, failed, timerFired, timerStarted } from '../harness/index.ts'
import { findingsOf } from '../harness/result/check-result.ts'
import { durableDemo, longActivity } from '../workflows/workloads.ts'
import { asleep } from '../controls/shared/steps.ts'
import { serverDies } from './support/asleep.ts'
import { onlyRun, runTestCampaign, sharedCampaign } from './support/campaign.ts'

const promise = 'Everything that goes wrong is found.'
/** Other tests share the machine, so recovery may be slow here. */
const budgetMs = 20_000

describe('problems with a worker', () => {
  const givesUp = defineScenario({
    name: 'gives-up',
    promise,
    async run({ start, reach, background }) {
      const demo = await start(durableDemo, { sleepMs: 30_000 })
      void background(reach(timerFired(demo)))
      throw new Error('the scenario gives up')
    },
  })
  const neverAwaits = defineScenario({
    name: 'never-awaits',
    promise,
    async run({ start, background }) {
      void background(Promise.reject(new Error('it fails in the background')))
      const demo = await start(durableDemo, { sleepMs: 100 })
      await demo.completes()
    },
  })
  const killedTwice = defineScenario({
    name: 'killed-twice',
    promise,
    budgetMs,
    async run({ worker, start, reach }) {
      const demo = await start(durableDemo, { sleepMs: 15_000 })
      await reach(timerStarted(demo))
      await worker.kill()
      await worker.restart()
      await worker.kill()
      await worker.restart()
      await demo.completes()
    },
  })
  const activityKilledTwice = defineScenario({
    name: 'activity-killed-twice',
    promise,
    // On a busy machine workflow tasks may time out repeatedly, which does not matter here.
    budgetMs: 60_000,
    deadlineMs: 90_000,
    async run({ worker, start, reach }) {
      const count = await start(longActivity, { steps: 12, stepMs: 250 })
      await reach(activityHeartbeat(count, { finished: 2 }))
      await worker.kill()
      await worker.restart()
      await reach(activityHeartbeat(count, { finished: 6 }))
      await worker.kill()
      await worker.restart()
      await count.completes()
    },
  })
  const failing = (name: string, isSaid: boolean) =>
    defineScenario({
      name,
      promise,
      budgetMs,
      async run({ worker, start, reach }) {
        const other = await start(durableDemo, { sleepMs: 2_000 })
        await reach(timerStarted(other))
        await worker.kill()
        const refused = await start(durableDemo, { sleepMs: -1 })
        await worker.restart()
        const message = 'sleepMs must be above 0 and at most 86400000, got -1'
        await refused.completes(...(isSaid ? [failed(message)] : []))
        await other.completes()
      },
    })
  const failureSaid = failing('failure-said', true)
  const failureUnsaid = failing('failure-unsaid', false)
  const { runOf } = sharedCampaign({
    scenarios: [killedTwice, activityKilledTwice, givesUp, neverAwaits, failureSaid, failureUnsaid],
  })

  test('background work ends with the scenario, and its failure is the run’s', () => {
    expect([givesUp, neverAwaits].map((one) => [runOf(one).verdict, runOf(one).reason])).toEqual([
      ['error', expect.stringMatching(/the scenario gives up/)],
      ['error', expect.stringMatching(/it fails in the background/)],
    ])
  })

  test('two faults in one run: obligations are counted for each fault separately', () => {
    const run = runOf(killedTwice)
    expect(run).toMatchObject({ verdict: 'pass', reason: null })
    expect(new Set(run.obligations.map(({ faultIndex }) => faultIndex))).toEqual(new Set([1, 2]))
  })

  test('an activity whose worker dies twice waited for its attempts, not for the work between the faults', () => {
    const run = runOf(activityKilledTwice)
    expect(run).toMatchObject({ verdict: 'pass', reason: null })
    const [first, second] = run.obligations.filter(({ kind }) => kind === 'activity')
    // The attempt between them had begun before the second fault, so the first wait ends with it.
    expect(first?.redispatchedMs).toBeLessThan(second?.dueMs ?? 0)
    expect(second?.redispatchedMs).toBeGreaterThan(second?.dueMs ?? Infinity)
  })

  test('a workflow that fails by its own logic passes if the scenario says so, and fails if it does not', () => {
    expect(runOf(failureUnsaid)).toMatchObject({
      verdict: 'fail',
      reason: expect.stringMatching(/ ended with .*failed/),
    })
    expect(findingsOf(runOf(failureSaid).checks)).toEqual([])
  })
})

describe('problems with a cluster', () => {
  const gone = defineScenario({
    name: 'server-stays-away',
    promise,
    isolation: 'own-cluster',
    deadlineMs: 15_000,
    async run(run) {
      const demo = await asleep(run)
      await run.server.kill()
      await demo.completes()
    },
  })
  const whileWaiting = defineScenario({
    name: 'fault-while-waiting',
    promise,
    budgetMs,
    isolation: 'own-cluster',
    async run(run) {
      const demo = await asleep(run)
      await Promise.all([run.reach(timerFired(demo)), run.server.kill().then(() => run.server.start())])
      await demo.completes()
    },
  })
  const blocked = defineScenario({
    name: 'server-refuses',
    promise,
    isolation: 'own-cluster',
    async run(run) {
      await asleep(run)
      await run.postgres.kill()
      await run.server.kill()
      // Without its database it exits at once.
      await run.server.start()
    },
  })
  const noNetwork = defineScenario({
    name: 'no-network',
    promise,
    isolation: 'own-cluster',
    async run(run) {
      await asleep(run)
      await run.postgres.disconnect()
    },
  })
  const after = (name: string) =>
    defineScenario({ name, promise, budgetMs, isolation: 'own-cluster', run: serverDies })
  const afterBlocked = after('after-refusal')
  const afterNoNetwork = after('after-no-network')
  // One after the other on one cluster, so that each scenario finds what the previous one left behind.
  const { runOf } = sharedCampaign({
    scenarios: [blocked, afterBlocked, noNetwork, afterNoNetwork, whileWaiting, gone],
    flags: { concurrency: 1 },
  })

  test('a server that is never started again is never a pass', () => {
    const { verdict, checks } = runOf(gone)
    // Tests beside this one may starve the machine. The run says so then, and which finding comes first depends on it.
    expect(['fail', 'inconclusive']).toContain(verdict)
    expect(findingsOf(checks).map(({ message }) => message)).toContainEqual(
      expect.stringMatching(
        /timer 1 of server-stays-away-1-durableDemo-1 was open when kill-temporal-server struck and was never settled/,
      ),
    )
  })

  test('a fault is injected while the harness waits for a moment', () => {
    expect(runOf(whileWaiting)).toMatchObject({ verdict: 'pass', reason: null })
  })

  test('the server cannot come back: error, and the system is not blamed', () => {
    expect(runOf(blocked)).toMatchObject({
      verdict: 'error',
      reason: expect.stringMatching(/temporal-server/),
    })
    expect(runOf(afterBlocked)).toMatchObject({ verdict: 'pass', reason: null })
  })

  test('a fault that the cluster does not support: inconclusive, with the reason, and the cluster stays intact', () => {
    const untested = runOf(noNetwork)
    expect(untested.verdict).toBe('inconclusive')
    expect(findingsOf(untested.checks)).toContainEqual(
      expect.objectContaining({
        code: 'CHAOS_FAULT_UNAVAILABLE',
        message: expect.stringMatching(/^postgres cannot be disconnected: local processes have no network/),
      }),
    )
    expect(runOf(afterNoNetwork)).toMatchObject({ verdict: 'pass', reason: null })
  })

  test('a worker dies while the server is down: its supervisor does not delay the scenario', async () => {
    const bothDie = defineScenario({
      name: 'killed-without-a-server',
      promise,
      budgetMs,
      isolation: 'own-cluster',
      async run(run) {
        const demo = await asleep(run)
        await run.server.kill()
        await run.worker.kill()
        await run.server.start()
        await run.worker.restart()
        await demo.completes()
      },
    })
    await using outcome = await runTestCampaign({ scenarios: [bothDie], flags: { profile: 'supervised' } })
    expect(onlyRun(outcome)).toMatchObject({ verdict: 'pass', reason: null })
  })
})
