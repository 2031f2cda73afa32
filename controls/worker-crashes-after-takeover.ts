import { defineControl, timerStarted } from 'temporal-chaos'
import { durableDemo } from '../workflows/workloads.ts'
import { crashing, wrapped } from './shared/wrapped.ts'

export default defineControl({
  name: 'worker-crashes-after-takeover',
  breaks: 'worker',
  defect: 'The worker that takes over ends by itself while the workflow still sleeps.',
  launch: wrapped(crashing, 2),
  scenario: {
    async run(run) {
      const demo = await run.start(durableDemo, { sleepMs: 15_000 })
      await run.reach(timerStarted(demo))
      await run.worker.kill()
      await run.worker.restart()
      await demo.completes()
    },
  },
  expected: {
    verdict: 'fail',
    check: 'workers-live',
    finding: /^worker worker-1#2 ended by itself: exit code 3/,
  },
})
