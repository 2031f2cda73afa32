import { defineControl } from 'temporal-chaos'
import { workerDiesAsleep } from './shared/effect-steps.ts'
import { patientMs } from './shared/steps.ts'

export default defineControl({
  name: 'effect-with-another-payload',
  breaks: 'activity',
  defect: 'An activity sends ten times the amount that the workload promises.',
  scenario: {
    budgetMs: patientMs,
    run: (run) => workerDiesAsleep(run, 'actWithWrongAmount', { payload: { amount: 5 } }),
  },
  expected: {
    verdict: 'fail',
    check: 'golden-effects',
    finding: /^another payload: the ledger accepted .* with \{"amount":50\}, not \{"amount":5\}/,
  },
})
