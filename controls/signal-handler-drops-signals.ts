import { completed, defineControl, timerStarted } from 'temporal-chaos'
import { decideInOrder } from '../workflows/decision.ts'
import { deafApproval } from './shared/workloads.ts'

export default defineControl({
  name: 'signal-handler-drops-signals',
  breaks: 'workflow',
  defect: 'The signal handler drops every third decision that the service accepted.',
  scenario: {
    async run({ worker, start, reach }) {
      const request = await start(deafApproval, { needed: 4 })
      await reach(timerStarted(request))
      await worker.kill()
      await decideInOrder(request, 'ana', 5)
      await worker.restart()
      await request.completes(completed({ outcome: 'approved', decisions: 4, late: 0, amount: 0 }))
    },
  },
  expected: { verdict: 'fail', check: 'effects', finding: /^lost: the ledger never accepted .*\/ana\/3$/ },
})
