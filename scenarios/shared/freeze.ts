// Shared by pause-server and pause-postgres: timers, activities and approvals are all in flight while one
// service freezes.
import {
  activityStarted,
  completed,
  signalAccepted,
  timerStarted,
  times,
  type ScenarioContext,
} from 'temporal-chaos'
import { decideInOrder } from '../../workflows/decision.ts'
import { approval, durableDemo, longActivity } from '../../workflows/workloads.ts'

const freezeMs = 3_000
const decisions = 8

/**
 * Freezes `service` for three seconds, between the signals of four approvals. Everything in flight must
 * complete.
 */
export async function freezeWithWorkInFlight(
  { start, reach, background, choose }: ScenarioContext,
  service: ScenarioContext['server'],
): Promise<void> {
  const [asleep, working, waiting] = await Promise.all([
    times(8, (n) => start(durableDemo, { sleepMs: n % 2 === 0 ? 3_000 : 7_000 })),
    times(4, () => start(longActivity, { steps: 24, stepMs: 250 })),
    times(4, () => start(approval, { needed: decisions })),
  ])
  await Promise.all([
    ...asleep.map((workflow) => reach(timerStarted(workflow))),
    ...working.map((workflow) => reach(activityStarted(workflow))),
  ])
  const deciding = background(Promise.all(waiting.map((request) => decideInOrder(request, 'ana', decisions))))
  const accepted = choose.integer('signals before the freeze', 1, 4)
  await Promise.all(waiting.map((request) => reach(signalAccepted(request, accepted))))
  await service.pause()
  await service.resume({ afterMs: freezeMs })
  await deciding
  const approved = completed({ outcome: 'approved', decisions, late: 0, amount: 0 })
  await Promise.all(waiting.map((request) => request.completes(approved)))
  await Promise.all([...asleep, ...working].map((workflow) => workflow.completes()))
}
