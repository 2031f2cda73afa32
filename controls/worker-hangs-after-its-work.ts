import { defineControl } from 'temporal-chaos'
import { workerDies } from './shared/steps.ts'

export default defineControl({
  name: 'worker-hangs-after-its-work',
  breaks: 'worker',
  defect: 'The worker that took over hangs once all awaited work is done.',
  scenario: {
    probes: false,
    budgetMs: 4_000,
    async run(run) {
      await workerDies(run)
      process.kill(run.worker.handle.current.process.pid, 'SIGSTOP')
    },
  },
  expected: {
    verdict: 'fail',
    check: 'still-serving',
    finding: /^a new workflow on worker-hangs-after-its-work-1 was not done within /,
  },
})
