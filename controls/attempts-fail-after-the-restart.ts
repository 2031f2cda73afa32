import { defineControl } from 'temporal-chaos'
import { outlivesKill, patientMs } from './shared/steps.ts'
import { actsAfterSleep } from './shared/workloads.ts'

export default defineControl({
  name: 'attempts-fail-after-the-restart',
  breaks: 'activity',
  defect: 'Two attempts fail after the restart, and the third one hides it.',
  scenario: {
    budgetMs: patientMs,
    async run(run) {
      await outlivesKill(run, await run.start(actsAfterSleep, { sleepMs: 8_000, does: 'refuseTwice' }))
    },
  },
  expected: {
    verdict: 'fail',
    check: 'attempts',
    finding: /^activity 1 refuseTwice of .*: 2 attempts failed, and attempt 2 failed with "503"/,
  },
})
