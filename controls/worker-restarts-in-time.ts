import { defineControl } from 'temporal-chaos'
import { patientMs, workerDies } from './shared/steps.ts'

export default defineControl({
  name: 'worker-restarts-in-time',
  breaks: 'nothing',
  defect: 'Nothing is broken: a worker dies during a sleep, and the next one takes over.',
  scenario: {
    budgetMs: patientMs,
    async run(run) {
      await workerDies(run)
    },
  },
  expected: { verdict: 'pass' },
})
