import { defineControl } from 'temporal-chaos'
import { throwsAfterSleep } from './shared/workloads.ts'
import { outlivesKill } from './shared/steps.ts'

export default defineControl({
  name: 'workflow-task-fails-again-and-again',
  breaks: 'workflow',
  defect: 'After the restart workflow code throws, and each of its workflow tasks fails.',
  scenario: {
    deadlineMs: 30_000,
    async run(run) {
      await outlivesKill(run, await run.start(throwsAfterSleep, { sleepMs: 6_000 }))
    },
  },
  expected: {
    verdict: 'fail',
    check: 'completed',
    finding:
      / is still open; pending because its workflow task fails again and again, by now attempt \d+: WORKFLOW_WORKER_UNHANDLED_FAILURE "boom"/,
  },
})
