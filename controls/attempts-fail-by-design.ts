import { defineControl } from 'temporal-chaos'
import { outlivesKill, patientMs } from './shared/steps.ts'
import { actsAfterSleep } from './shared/workloads.ts'

export default defineControl({
  name: 'attempts-fail-by-design',
  breaks: 'nothing',
  defect: 'Nothing is broken: two attempts fail after the restart, as the scenario says they do.',
  scenario: {
    budgetMs: patientMs,
    failingAttempts: ['refuseTwice'],
    async run(run) {
      await outlivesKill(run, await run.start(actsAfterSleep, { sleepMs: 8_000, does: 'refuseTwice' }))
    },
  },
  expected: { verdict: 'pass' },
})
