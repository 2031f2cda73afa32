import { defineControl } from 'temporal-chaos'
import { actsAfterSleep } from './shared/workloads.ts'
import { outlivesKill } from './shared/steps.ts'

export default defineControl({
  name: 'stalls-after-the-restart',
  breaks: 'activity',
  defect: 'The worker is back in time, but two attempts of its next activity hang until their timeout.',
  scenario: {
    async run(run) {
      const options = { startToCloseTimeout: 1_500, heartbeatTimeout: 0 }
      await outlivesKill(run, await run.start(actsAfterSleep, { sleepMs: 8_000, does: 'hangTwice', options }))
    },
  },
  expected: {
    verdict: 'fail',
    check: 'attempts',
    finding:
      /^activity 1 hangTwice of .* had a failed attempt without a new fault: 2 attempts failed, and attempt 2 ended by its start-to-close timeout/,
  },
})
