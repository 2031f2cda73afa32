import { expect, test } from 'vitest'
import { profiles } from '../config/profiles.ts'
import { timerStarted } from '../moments/timer.ts'
import { dryRun } from './dry-run.ts'
import { defineScenario } from './scenario.ts'
import { withoutFaults } from './without-faults.ts'

const workload = { workflow: 'work', golden: () => ({ outcomes: [], effects: [] }) }

const scenario = defineScenario({
  name: 'all-at-once',
  promise: 'Nothing is lost.',
  isolation: 'own-cluster',
  needs: ['disconnect'],
  workers: { first: {}, second: {} },
  async run({ worker, workers, server, postgres, start, reach, choose, inject, heal }) {
    const work = await start(workload, {})
    const sleepMs = choose.oneOf('sleep', [1, 2, 3])
    await reach(timerStarted(work))
    await Promise.all([worker.kill(), workers.second.pause(), server.kill(), postgres.disconnect()])
    const own = {
      kind: 'own',
      target: { kind: 'worker', name: 'first#1' },
      effect: 'slow',
      available: () => null,
      inject: async () => ({ sleepMs }),
      heal: async () => {},
    } as const
    await inject(own)
    await heal(own)
    await Promise.all([postgres.reconnect(), server.start({ outageMs: 5_000 }), workers.second.resume()])
    await worker.restart()
    await work.completes()
  },
})

const options = { profile: profiles.tuned, campaignSeed: 1, run: 1, seed: 1 }

test('a scenario without its faults does the same work with the same choices, and strikes nothing', async () => {
  const [usual, harmless] = await Promise.all(
    [scenario, withoutFaults(scenario)].map((one) => dryRun(one, options)),
  )
  expect(usual?.facts.faults).toHaveLength(5)
  expect(harmless?.facts.faults).toEqual([])
  expect(harmless?.facts.choices).toEqual(usual?.facts.choices)
  expect(harmless?.incomplete).toBeNull()
  expect(harmless?.steps).toEqual([
    expect.stringContaining('start'),
    expect.stringMatching(/^reach /),
    'await all-at-once-1-work-1',
  ])
})

test('it needs no cluster of its own', () => {
  expect(withoutFaults(scenario)).toMatchObject({ isolation: 'shared', needs: [], name: 'all-at-once' })
})
