import { defineControl, timerStarted } from 'temporal-chaos'
import { patientMs } from './shared/steps.ts'
import { actsAfterSleep } from './shared/workloads.ts'

export default defineControl({
  name: 'attempts-fail-by-design',
  breaks: 'nothing',
  defect: 'Nothing is broken: two attempts fail after the restart, as the scenario says they do.',
  scenario: {
    budgetMs: patientMs,
    failingAttempts: ['refuseTwice'],
    async run({ worker, start, reach }) {
      const work = await start(actsAfterSleep, { sleepMs: 8_000, does: 'refuseTwice' })
      await reach(timerStarted(work))
      await worker.kill()
      await worker.restart()
      await work.completes()
    },
  },
  expected: { verdict: 'pass' },
})
