import { defineControl } from 'temporal-chaos'
import { workerDiesAfterEffect } from './shared/effect-steps.ts'
import { patientMs } from './shared/steps.ts'

export default defineControl({
  name: 'local-activity-done-again',
  breaks: 'nothing',
  defect: 'A local activity is done again with its workflow task, at attempt 1 of the same activity id.',
  scenario: {
    budgetMs: patientMs,
    probes: false,
    run: (run) => workerDiesAfterEffect(run, { by: 'actThenLinger', isLocal: true }),
  },
  expected: { verdict: 'pass' },
})
