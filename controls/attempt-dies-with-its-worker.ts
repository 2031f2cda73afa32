import { defineControl } from 'temporal-chaos'
import { workerDiesAfterEffect } from './shared/effect-steps.ts'
import { patientMs } from './shared/steps.ts'

export default defineControl({
  name: 'attempt-dies-with-its-worker',
  breaks: 'worker',
  defect: 'A worker is killed during an attempt, though the scenario promises a smooth handover.',
  scenario: {
    budgetMs: patientMs,
    probes: false,
    checks: ['no-task-timeouts'],
    async run(run) {
      await workerDiesAfterEffect(run, { by: 'actThenLinger' })
    },
  },
  expected: {
    verdict: 'fail',
    check: 'no-task-timeouts',
    finding: /-oneEffect-1: ActivityTaskStarted \(event \d+\) shows a task that timed out$/,
  },
})
