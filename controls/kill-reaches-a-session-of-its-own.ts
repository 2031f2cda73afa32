import { defineControl } from 'temporal-chaos'
import { patientMs, workerDies } from './shared/steps.ts'
import { waiting, wrapped } from './shared/wrapped.ts'

export default defineControl({
  name: 'kill-reaches-a-session-of-its-own',
  breaks: 'nothing',
  defect:
    'Nothing is broken: a launch script gives the worker a session of its own, and the kill reaches it there.',
  launch: wrapped(waiting),
  scenario: {
    budgetMs: patientMs,
    async run(run) {
      await workerDies(run)
    },
  },
  expected: { verdict: 'pass' },
})
