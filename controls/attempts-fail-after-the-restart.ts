import { defineControl, timerStarted } from 'temporal-chaos'
import { patientMs } from './shared/steps.ts'
import { actsAfterSleep } from './shared/workloads.ts'

export default defineControl({
  name: 'attempts-fail-after-the-restart',
  breaks: 'activity',
  defect: 'Two attempts fail after the restart, and the third one hides it.',
  scenario: {
    budgetMs: patientMs,
    async run({ worker, start, reach }) {
      const work = await start(actsAfterSleep, { sleepMs: 8_000, does: 'refuseTwice' })
      await reach(timerStarted(work))
      await worker.kill()
      await worker.restart()
      await work.completes()
    },
  },
  expected: {
    verdict: 'fail',
    check: 'attempts',
    finding: /^activity 1 refuseTwice of .*: 2 attempts failed, and attempt 2 failed with "503"/,
  },
})
