import { defineControl } from 'temporal-chaos'
import { asleep } from './shared/steps.ts'

export default defineControl({
  name: 'worker-never-restarts',
  breaks: 'worker',
  defect: 'The worker is killed, and nobody starts another one.',
  scenario: {
    probes: false,
    deadlineMs: 15_000,
    async run(run) {
      const demo = await asleep(run)
      await run.worker.kill()
      await demo.completes()
    },
  },
  expected: {
    verdict: 'fail',
    check: 'completed',
    finding:
      /-durableDemo-1 is still open; pending because no worker took its workflow task: WorkflowTaskScheduled/,
  },
})
