import {
  activityStarted,
  childStarted,
  completed,
  defineScenario,
  signalAccepted,
  timerStarted,
  times,
} from 'temporal-chaos'
import { decideInOrder } from '../workflows/decision.ts'
import { approval, durableDemo, longActivity, pipeline } from '../workflows/workloads.ts'
import { pipelineMayDiffer } from './shared/may-differ.ts'

export default defineScenario({
  name: 'restart-server',
  promise: 'Everything in flight outlives the Temporal server.',
  suites: ['smoke', 'gate', 'full'],
  isolation: 'own-cluster',
  // A worker that was answering a workflow task retries by the SDK core's backoff: 0.1 s, times 1.7 each time
  // (client/src/retry.rs). After an outage of 4 s that may be 2.9 s away, and the task that waits for it
  // times out.
  budgetMs: 6_000,
  mayDiffer: pipelineMayDiffer,
  async run({ server, start, reach, background, choose }) {
    // Pollers try again 3, 6.2 and 12.6 s after the server went away. A container needs up to 1.7 s to serve.
    // So an outage of 5 s would ask whether this machine makes it before the second of these.
    const outageMs = choose.oneOf('outage in ms', [200, 1_000, 4_000])
    const accepted = choose.integer('signals before the kill', 1, 4)
    const [asleep, working, waiting, signalled, parents] = await Promise.all([
      times(5, () => start(durableDemo, { sleepMs: 6_000 })),
      times(5, () => start(longActivity, { steps: 22, stepMs: 250 })),
      times(4, () => start(approval, { needed: 3 })),
      times(3, () => start(approval, { needed: 16 })),
      times(3, () => start(pipeline, { items: 2, itemsPerRun: 1, childEvery: 1, workMs: 4_000 })),
    ])
    const decideAll = (requests: typeof waiting, first: number, last: number) =>
      Promise.all(requests.map((request) => decideInOrder(request, 'ana', last, first)))
    await Promise.all([
      ...[...asleep, ...waiting, ...signalled].map((workflow) => reach(timerStarted(workflow))),
      ...working.map((workflow) => reach(activityStarted(workflow))),
      ...parents.map((workflow) => reach(childStarted(workflow))),
    ])
    await decideAll(signalled, 1, accepted)
    await Promise.all(signalled.map((request) => reach(signalAccepted(request, accepted))))
    // The last signals are left out: if the server dies slowly, somebody must still be waiting when it is
    // down.
    const deciding = background(decideAll(signalled, accepted + 1, 13))
    await server.kill()
    await server.start({ outageMs })
    await deciding
    await Promise.all([decideAll(signalled, 14, 16), decideAll(waiting, 1, 3)])
    const approved = (decisions: number) => completed({ outcome: 'approved', decisions, late: 0, amount: 0 })
    await Promise.all([
      ...waiting.map((request) => request.completes(approved(3))),
      ...signalled.map((request) => request.completes(approved(16))),
      ...[...asleep, ...working, ...parents].map((workflow) => workflow.completes()),
    ])
  },
})
