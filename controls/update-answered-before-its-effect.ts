import { completed, defineControl, timerStarted } from 'temporal-chaos'
import { amend, amendment, amendmentKey } from '../workflows/decision.ts'
import { untilAccepted } from './shared/effect-steps.ts'
import { hastyApproval } from './shared/effect-workloads.ts'
import { patientMs } from './shared/steps.ts'

export default defineControl({
  name: 'update-answered-before-its-effect',
  breaks: 'workflow',
  defect: 'An update is answered before its effect, which then comes a second later.',
  scenario: {
    budgetMs: patientMs,
    async run(run) {
      const { worker, start, reach } = run
      const request = await start(hastyApproval, { needed: 1 })
      await reach(timerStarted(request))
      await request.from('zoe').update(amend, amendment('zoe', 1, 5))
      await untilAccepted(run, amendmentKey(request.workflowId, amendment('zoe', 1, 5)))
      await worker.kill()
      await worker.restart()
      await request.completes(completed(undefined))
    },
  },
  expected: {
    verdict: 'fail',
    check: 'update-answers',
    finding: /^update amend #1 of zoe to .* was answered .* before its effect .*\/amend\/zoe\/1 /,
  },
})
