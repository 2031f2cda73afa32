import { defineControl } from 'temporal-chaos'
import { workerDiesAsleep } from './shared/effect-steps.ts'
import { patientMs } from './shared/steps.ts'

export default defineControl({
  name: 'effect-after-completion',
  breaks: 'activity',
  defect: 'An activity reports that it is completed, and acts only then.',
  scenario: {
    budgetMs: patientMs,
    run: (run) => workerDiesAsleep(run, 'reportThenAct'),
  },
  expected: {
    verdict: 'fail',
    check: 'effect-senders',
    finding: /^late: the ledger accepted .* after its activity was reported completed/,
  },
})
