import { defineScenario, timerFired, timerStarted } from 'temporal-chaos'
import { durableDemo } from '../workflows/workloads.ts'

export default defineScenario({
  name: 'kill-worker-mid-sleep',
  promise: 'A durable timer outlives the worker that started it.',
  suites: ['smoke', 'gate', 'full'],
  async run({ worker, start, reach, stillIn, choose }) {
    const due = choose.roundRobin('timer is due', ['during the outage', 'after the outage'])
    const demo = await start(durableDemo, { sleepMs: due === 'during the outage' ? 2_000 : 5_000 })
    await reach(timerStarted(demo))
    await worker.kill()
    if (due === 'during the outage') await reach(timerFired(demo))
    await worker.restart()
    if (due === 'after the outage') await stillIn(timerStarted(demo))
    await demo.completes()
  },
})
