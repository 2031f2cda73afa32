import {
  activityStarted,
  completed,
  defineScenario,
  signalAccepted,
  timerStarted,
  times,
} from 'temporal-chaos'
import { decideInOrder } from '../workflows/decision.ts'
import { approval, durableDemo, longActivity } from '../workflows/workloads.ts'

export default defineScenario({
  name: 'disconnect-postgres',
  promise: 'A server that cannot reach its database for three seconds loses nothing that it acknowledged.',
  isolation: 'own-cluster',
  needs: ['disconnect'],
  // A cut loses packets and closes no connection. TCP sends again after 0.2 s, then after twice as long each time, so
  // the server's connections stay silent for up to 3.2 s after a cut of 3 s (seen with `ss -tio` in the server's
  // network namespace: backoff 4, 2.7 s left on the timer). Tasks that failed meanwhile come on top, as in kill-postgres.
  budgetMs: 10_000,
  async run({ postgres, start, reach, background, choose }) {
    const [asleep, working, request] = await Promise.all([
      times(4, () => start(durableDemo, { sleepMs: 4_000 })),
      times(4, () => start(longActivity, { steps: 20, stepMs: 250 })),
      start(approval, { needed: 24 }),
    ])
    await Promise.all([
      ...asleep.map((workflow) => reach(timerStarted(workflow))),
      ...working.map((workflow) => reach(activityStarted(workflow))),
    ])
    const sending = background(times(4, (n) => decideInOrder(request, `approver-${n}`, 6)))
    await reach(signalAccepted(request, choose.integer('signals before the cut', 2, 12)))
    await postgres.disconnect()
    await postgres.reconnect({ afterMs: 3_000 })
    await sending
    await request.completes(completed({ outcome: 'approved', decisions: 24, late: 0, amount: 0 }))
    await Promise.all([...asleep, ...working].map((workflow) => workflow.completes()))
  },
})
