import { defineControl, timerStarted } from 'temporal-chaos'
import { halfSleeper } from './shared/history-workloads.ts'

export default defineControl({
  name: 'workflow-sleeps-half-as-long',
  breaks: 'workflow',
  defect: 'The workflow sleeps 2 s, and says that it slept the 4 s that it was told.',
  scenario: {
    probes: false,
    async run({ worker, start, reach }) {
      const demo = await start(halfSleeper, { sleepMs: 4_000 })
      await reach(timerStarted(demo))
      await worker.kill()
      await worker.restart()
      await demo.completes()
    },
  },
  expected: {
    verdict: 'fail',
    check: 'timers',
    finding: /: 1 of 4\S* s expected, 0 fired; timers of 2\S* s fired$/,
  },
})
