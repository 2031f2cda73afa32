import {
  activityStarted,
  childStarted,
  completed,
  defineScenario,
  timerStarted,
  times,
} from '../harness/index.ts'
import { decide, decision } from '../workflows/decision.ts'
import { approval, durableDemo, longActivity, pipeline } from '../workflows/workloads.ts'

export default defineScenario({
  name: 'restart-server',
  promise: 'Everything in flight outlives the Temporal server.',
  suites: ['smoke', 'gate', 'full'],
  strikes: 'stack',
  async story({ server, start, reach, choose }) {
    const outageMs = choose.oneOf('outage in ms', [200, 1_000, 5_000])
    const [asleep, working, waiting, parents] = await Promise.all([
      times(5, () => start(durableDemo, { sleepMs: 4_000 })),
      times(5, () => start(longActivity, { steps: 16, stepMs: 250 })),
      times(7, () => start(approval, { needed: 3 })),
      times(3, () => start(pipeline, { items: 2, itemsPerRun: 1, childEvery: 1, workMs: 3_000 })),
    ])
    await Promise.all([
      ...working.map((workflow) => reach(activityStarted(workflow))),
      ...waiting.map((workflow) => reach(timerStarted(workflow))),
      ...parents.map((workflow) => reach(childStarted(workflow))),
      ...asleep.map((workflow) => reach(timerStarted(workflow))),
    ])
    const decided = waiting.map(async (request) => {
      for (const number of [1, 2, 3]) await request.from('ana').signal(decide, decision('ana', number))
    })
    await server.kill()
    await server.start({ outageMs })
    await Promise.all(decided)
    const approved = completed({ outcome: 'approved', decisions: 3, late: 0, amount: 0 })
    await Promise.all([
      ...waiting.map((workflow) => workflow.completes(approved)),
      ...[...asleep, ...working, ...parents].map((workflow) => workflow.completes()),
    ])
  },
})
