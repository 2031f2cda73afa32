import {
  activityStarted,
  childStarted,
  completed,
  defineScenario,
  signalAccepted,
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
    const accepted = choose.integer('signals before the kill', 1, 4)
    const [asleep, working, waiting, signalled, parents] = await Promise.all([
      times(5, () => start(durableDemo, { sleepMs: 6_000 })),
      times(5, () => start(longActivity, { steps: 22, stepMs: 250 })),
      times(4, () => start(approval, { needed: 3 })),
      times(3, () => start(approval, { needed: 20 })),
      times(3, () => start(pipeline, { items: 2, itemsPerRun: 1, childEvery: 1, workMs: 4_000 })),
    ])
    const decideAll = (requests: typeof waiting, decisions: number) =>
      Promise.all(
        requests.map(async (request) => {
          for (let number = 1; number <= decisions; number += 1)
            await request.from('ana').signal(decide, decision('ana', number))
        }),
      )
    await Promise.all([
      ...[...asleep, ...waiting, ...signalled].map((workflow) => reach(timerStarted(workflow))),
      ...working.map((workflow) => reach(activityStarted(workflow))),
      ...parents.map((workflow) => reach(childStarted(workflow))),
    ])
    const deciding = decideAll(signalled, 20)
    await Promise.all(signalled.map((request) => reach(signalAccepted(request, accepted))))
    await server.kill()
    await server.start({ outageMs })
    await Promise.all([deciding, decideAll(waiting, 3)])
    const approved = (decisions: number) => completed({ outcome: 'approved', decisions, late: 0, amount: 0 })
    await Promise.all([
      ...waiting.map((request) => request.completes(approved(3))),
      ...signalled.map((request) => request.completes(approved(20))),
      ...[...asleep, ...working, ...parents].map((workflow) => workflow.completes()),
    ])
  },
})
