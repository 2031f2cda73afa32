import {
  activityConsumed,
  activityStarted,
  completed,
  defineScenario,
  timerStarted,
  times,
} from 'temporal-chaos'
import { decideInOrder } from '../workflows/decision.ts'
import { approval, durableDemo, longActivity } from '../workflows/workloads.ts'

export default defineScenario({
  name: 'graceful-stop',
  promise: 'A worker that is told to stop hands everything over: no task times out, nothing is late.',
  checks: ['no-task-timeouts'],
  // A worker that drains properly makes nobody wait for a timeout: open work continues at once.
  budgetMs: 2_000,
  async run({ worker, start, reach }) {
    const waiting = await times(3, () => start(approval, { needed: 6 }))
    const decideAll = (first: number, last: number) =>
      Promise.all(waiting.map((request) => decideInOrder(request, 'ana', last, first)))
    await decideAll(1, 3)
    await Promise.all(waiting.map((request) => reach(activityConsumed(request, 3))))
    // Started while there is no other worker, so that the stopped one must hold it. Its remaining work is
    // shorter than the profile's `shutdownGraceTime`, so that the worker can finish it.
    const held = await start(longActivity, { steps: 21, stepMs: 250 })
    await reach(activityStarted(held))
    // From here on both workers share the work, as in a rolling deployment.
    await worker.startNext()
    const [asleep, working] = await Promise.all([
      times(3, () => start(durableDemo, { sleepMs: 6_000 })),
      times(2, () => start(longActivity, { steps: 16, stepMs: 250 })),
    ])
    // No task may be on its way to a worker when it is told to stop: the SDK loses such tasks (README, "What
    // it found").
    await Promise.all([
      ...asleep.map((workflow) => reach(timerStarted(workflow))),
      ...working.map((workflow) => reach(activityStarted(workflow))),
    ])
    await worker.drainPrevious()
    await decideAll(4, 6)
    const approved = completed({ outcome: 'approved', decisions: 6, late: 0, amount: 0 })
    await Promise.all(waiting.map((workflow) => workflow.completes(approved)))
    await Promise.all([...asleep, held, ...working].map((workflow) => workflow.completes()))
  },
})
