import { activityStarted, defineControl } from 'temporal-chaos'
import { stuckBranch } from './shared/workloads.ts'
import { outlivesKill } from './shared/steps.ts'

export default defineControl({
  name: 'one-branch-hangs',
  breaks: 'workflow',
  defect: 'One branch hangs until a timeout of 20 s, while another one goes on at once.',
  scenario: {
    async run(run) {
      const work = await run.start(stuckBranch, {})
      await outlivesKill(run, work, activityStarted(work))
    },
  },
  expected: {
    verdict: 'fail',
    check: 'recovery',
    finding:
      /^activity .* recovered in .*, over the budget of 5.00 s: start-to-close timeout \(startToCloseTimeout\)/,
  },
})
