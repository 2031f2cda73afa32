import { defineControl } from 'temporal-chaos'
import { workerDiesAsleep } from './shared/effect-steps.ts'
import { patientMs } from './shared/steps.ts'

export default defineControl({
  name: 'activity-asks-twice',
  breaks: 'activity',
  defect: 'An activity calls twice in one attempt, and only the ledger prevents a second effect.',
  scenario: {
    budgetMs: patientMs,
    run: (run) => workerDiesAsleep(run, 'actTwice'),
  },
  expected: {
    verdict: 'fail',
    check: 'effects',
    finding: /^duplicated: .* was sent by activity 1 .* attempt 1 .*, and again by activity 1 .* attempt 1 /,
  },
})
