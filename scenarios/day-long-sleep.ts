import { defineScenario, timerFired, timerStarted } from 'temporal-chaos'
import { durableDemo } from '../workflows/workloads.ts'

const dayMs = 24 * 60 * 60 * 1_000

export default defineScenario({
  name: 'day-long-sleep',
  promise: 'A timer of a whole day outlives the worker that started it and fires at its virtual due time.',
  suites: ['smoke', 'gate', 'full'],
  async run({ worker, start, reach, stillIn, skipTime, choose }) {
    const due = choose.roundRobin('timer is due', ['during the outage', 'after the outage'])
    const demo = await start(durableDemo, { sleepMs: dayMs })
    await reach(timerStarted(demo))
    await worker.kill()
    if (due === 'during the outage') {
      await skipTime(demo, dayMs)
      await reach(timerFired(demo))
    }
    await worker.restart()
    if (due === 'after the outage') {
      await stillIn(timerStarted(demo))
      await skipTime(demo, dayMs)
    }
    await demo.completes()
  },
})
