import { completed, defineControl, timerStarted } from 'temporal-chaos'
import { decideInOrder } from '../workflows/decision.ts'
import { newestFirstApproval } from './shared/effect-workloads.ts'
import { patientMs } from './shared/steps.ts'

export default defineControl({
  name: 'newest-decision-comes-first',
  breaks: 'workflow',
  defect: 'A workflow finds four decisions of one person after a restart, and takes the newest one first.',
  scenario: {
    budgetMs: patientMs,
    probes: false,
    async run({ worker, start, reach }) {
      const request = await start(newestFirstApproval, { needed: 4 })
      await reach(timerStarted(request))
      await worker.kill()
      await decideInOrder(request, 'ana', 4)
      await worker.restart()
      await request.completes(completed({ outcome: 'approved', decisions: 4, late: 0, amount: 0 }))
    },
  },
  expected: {
    verdict: 'fail',
    check: 'messages',
    finding: /^reordered: signal decide #4 of ana took effect before signal decide #3 of ana$/,
  },
})
