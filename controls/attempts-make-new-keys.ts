import { defineControl } from 'temporal-chaos'
import { workerDiesAfterEffect } from './shared/effect-steps.ts'
import { patientMs } from './shared/steps.ts'
import { doneKey } from './workflows/one-effect.ts'

export default defineControl({
  name: 'attempts-make-new-keys',
  breaks: 'activity',
  defect: 'Each attempt of an activity makes a key of its own, so its effect is accepted twice.',
  scenario: {
    budgetMs: patientMs,
    run: (run) =>
      workerDiesAfterEffect(run, { by: 'actUnderItsAttempt' }, (workflowId) => `${doneKey(workflowId)}/1`),
  },
  expected: { verdict: 'fail', check: 'effects', finding: /^phantom: nothing asked for .*\/done\/2 / },
})
