import { completed, defineScenario, signalAccepted, times } from 'temporal-chaos'
import { decideInOrder } from '../workflows/decision.ts'
import { approval } from '../workflows/workloads.ts'

export default defineScenario({
  name: 'kill-postgres',
  promise: 'What was acknowledged before the database died is there after it.',
  isolation: 'own-cluster',
  // A task of the server that fails while the database is away is tried again after 1 s times 1.1 for each failed attempt
  // (its reschedule policy, not configurable). Once in about ten runs that alone takes 5 s.
  budgetMs: 10_000,
  async run({ postgres, start, reach, background, choose }) {
    const signallers = 10
    const each = 6
    const request = await start(approval, { needed: signallers * each })
    const sending = background(times(signallers, (n) => decideInOrder(request, `approver-${n}`, each)))
    await reach(signalAccepted(request, choose.integer('signals before the kill', 5, 30)))
    await postgres.kill()
    await postgres.start({ afterMs: choose.oneOf('started after ms', [0, 250, 500]) })
    await sending
    const decisions = signallers * each
    await request.completes(completed({ outcome: 'approved', decisions, late: 0, amount: 0 }))
  },
})
