import { defineControl } from 'temporal-chaos'
import { workerDiesAfterEffect } from './shared/effect-steps.ts'
import { patientMs } from './shared/steps.ts'

export default defineControl({
  name: 'attempts-send-other-data',
  breaks: 'activity',
  defect: 'The second attempt of an activity sends other data under the key of the first one.',
  scenario: {
    budgetMs: patientMs,
    run: (run) => workerDiesAfterEffect(run, { by: 'actWithItsAttempt' }),
  },
  expected: {
    verdict: 'fail',
    check: 'effects',
    finding: /^changed: the ledger accepted .* with \{"attempt":1\} .* got it with \{"attempt":2\}/,
  },
})
