import { defineControl, timerStarted } from 'temporal-chaos'
import { liveCounter } from './shared/history-workloads.ts'

export default defineControl({
  name: 'query-goes-back',
  breaks: 'workflow',
  defect: 'A workflow answers a query from state that a replay does not bring back.',
  scenario: {
    probes: false,
    async run({ worker, start, reach }) {
      const counter = await start(liveCounter, { ticks: 6 })
      await reach(timerStarted(counter, 4))
      await worker.kill()
      await worker.restart()
      await counter.completes()
    },
  },
  expected: {
    verdict: 'fail',
    check: 'queries',
    finding: /^query counted of .* went back: the answer went from [23] to [01], answered at /,
  },
})
