import { activityStarted, completed, defineScenario, timerStarted, times } from 'temporal-chaos'
import { decideInOrder } from '../workflows/decision.ts'
import { approval, durableDemo, longActivity } from '../workflows/workloads.ts'

export default defineScenario({
  name: 'restart-everything',
  promise: 'Everything in flight outlives the server and its database dying at once.',
  isolation: 'own-cluster',
  async run({ server, postgres, start, reach, background, choose }) {
    const [asleep, working, waiting] = await Promise.all([
      times(3, () => start(durableDemo, { sleepMs: 4_000 })),
      times(3, () => start(longActivity, { steps: 16, stepMs: 250 })),
      times(3, () => start(approval, { needed: 1 })),
    ])
    await Promise.all([
      ...[...asleep, ...waiting].map((workflow) => reach(timerStarted(workflow))),
      ...working.map((workflow) => reach(activityStarted(workflow))),
    ])
    await Promise.all([server.kill(), postgres.kill()])
    const deciding = background(Promise.all(waiting.map((request) => decideInOrder(request, 'ana', 1))))
    await postgres.start({ afterMs: choose.oneOf('started after ms', [0, 1_000, 3_000]) })
    await server.start()
    await deciding
    const approved = completed({ outcome: 'approved', decisions: 1, late: 0, amount: 0 })
    await Promise.all(waiting.map((workflow) => workflow.completes(approved)))
    await Promise.all([...asleep, ...working].map((workflow) => workflow.completes()))
  },
})
