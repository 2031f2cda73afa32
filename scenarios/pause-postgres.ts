import {
  activityStarted,
  completed,
  defineScenario,
  signalAccepted,
  timerStarted,
  times,
} from 'temporal-chaos'
import { decide, decision } from '../workflows/decision.ts'
import { approval, durableDemo, longActivity } from '../workflows/workloads.ts'

export default defineScenario({
  name: 'pause-postgres',
  promise: 'A database that freezes for three seconds holds everything up and loses nothing.',
  isolation: 'own-cluster',
  async run({ postgres, start, reach, background, choose }) {
    const [asleep, working, waiting] = await Promise.all([
      times(8, (n) => start(durableDemo, { sleepMs: n % 2 === 0 ? 3_000 : 7_000 })),
      times(4, () => start(longActivity, { steps: 24, stepMs: 250 })),
      times(4, () => start(approval, { needed: 8 })),
    ])
    await Promise.all([
      ...asleep.map((workflow) => reach(timerStarted(workflow))),
      ...working.map((workflow) => reach(activityStarted(workflow))),
    ])
    const deciding = background(
      Promise.all(
        waiting.map(async (request) => {
          for (let number = 1; number <= 8; number += 1)
            await request.from('ana').signal(decide, decision('ana', number))
        }),
      ),
    )
    const accepted = choose.integer('signals before the freeze', 1, 4)
    await Promise.all(waiting.map((request) => reach(signalAccepted(request, accepted))))
    await postgres.pause()
    await postgres.resume({ afterMs: 3_000 })
    await deciding
    const approved = completed({ outcome: 'approved', decisions: 8, late: 0, amount: 0 })
    await Promise.all(waiting.map((request) => request.completes(approved)))
    await Promise.all([...asleep, ...working].map((workflow) => workflow.completes()))
  },
})
