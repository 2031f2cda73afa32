import { defineControl } from 'temporal-chaos'
import { halfSleeper } from './shared/history-workloads.ts'
import { outlivesKill } from './shared/steps.ts'

export default defineControl({
  name: 'workflow-sleeps-half-as-long',
  breaks: 'workflow',
  defect: 'The workflow sleeps 2 s, and says that it slept the 4 s that it was told.',
  scenario: {
    probes: false,
    async run(run) {
      await outlivesKill(run, await run.start(halfSleeper, { sleepMs: 4_000 }))
    },
  },
  expected: {
    verdict: 'fail',
    check: 'timers',
    finding: /: 1 of 4\S* s expected, 0 fired; timers of 2\S* s fired$/,
  },
})
