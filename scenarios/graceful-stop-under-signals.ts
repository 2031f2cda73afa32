import { completed, defineScenario, timerStarted, times } from 'temporal-chaos'
import { decideInOrder } from '../workflows/decision.ts'
import { approval } from '../workflows/workloads.ts'

// In no suite, because Temporal does not keep this promise: a workflow task that a worker receives at the
// instant of its SIGTERM is lost, and costs a whole workflow task timeout (README, track record).
export default defineScenario({
  name: 'graceful-stop-under-signals',
  promise: 'A worker that is told to stop while signals come in loses no workflow task.',
  suites: [],
  checks: ['no-task-timeouts'],
  async run({ worker, start, reach, background }) {
    await worker.startNext()
    const waiting = await times(6, () => start(approval, { needed: 10 }))
    await Promise.all(waiting.map((request) => reach(timerStarted(request))))
    const deciding = background(Promise.all(waiting.map((request) => decideInOrder(request, 'ana', 10))))
    await worker.drainPrevious()
    await deciding
    const approved = completed({ outcome: 'approved', decisions: 10, late: 0, amount: 0 })
    await Promise.all(waiting.map((request) => request.completes(approved)))
  },
})
