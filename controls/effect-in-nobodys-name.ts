import { defineControl } from 'temporal-chaos'
import { workerDiesAsleep } from './shared/effect-steps.ts'
import { patientMs } from './shared/steps.ts'

export default defineControl({
  name: 'effect-in-nobodys-name',
  breaks: 'activity',
  defect: 'An activity sends its effect in the name of one that was never scheduled.',
  scenario: {
    budgetMs: patientMs,
    run: (run) => workerDiesAsleep(run, 'actInNobodysName'),
  },
  expected: {
    verdict: 'fail',
    check: 'effect-senders',
    finding: /^foreign: .* was sent by activity 77 .* has no activity 77$/,
  },
})
