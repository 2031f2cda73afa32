import { defineControl, timerStarted } from 'temporal-chaos'
import { throwsAfterSleep } from './shared/workloads.ts'

export default defineControl({
  name: 'workflow-task-fails-again-and-again',
  breaks: 'workflow',
  defect: 'After the restart workflow code throws, and each of its workflow tasks fails.',
  scenario: {
    deadlineMs: 30_000,
    async run({ worker, start, reach }) {
      const work = await start(throwsAfterSleep, { sleepMs: 6_000 })
      await reach(timerStarted(work))
      await worker.kill()
      await worker.restart()
      await work.completes()
    },
  },
  expected: {
    verdict: 'fail',
    check: 'completed',
    finding:
      /pending because its workflow task fails again and again, by now attempt \d+: WORKFLOW_WORKER_UNHANDLED_FAILURE "boom"/,
  },
})
