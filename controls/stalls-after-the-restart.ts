import { defineControl, timerStarted } from 'temporal-chaos'
import { actsAfterSleep } from './shared/workloads.ts'

export default defineControl({
  name: 'stalls-after-the-restart',
  breaks: 'activity',
  defect: 'The worker is back in time, but two attempts of its next activity hang until their timeout.',
  scenario: {
    async run({ worker, start, reach }) {
      const options = { startToCloseTimeout: 1_500, heartbeatTimeout: 0 }
      const work = await start(actsAfterSleep, { sleepMs: 8_000, does: 'hangTwice', options })
      await reach(timerStarted(work))
      await worker.kill()
      await worker.restart()
      await work.completes()
    },
  },
  expected: {
    verdict: 'fail',
    check: 'attempts',
    finding:
      /^activity 1 hangTwice of .* had a failed attempt without a new fault: 2 attempts failed, and attempt 2 ended by its start-to-close timeout/,
  },
})
