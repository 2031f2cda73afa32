import { defineControl } from 'temporal-chaos'
import { durableDemo } from '../workflows/workloads.ts'
import { crashing, wrapped } from './shared/wrapped.ts'
import { outlivesKill } from './shared/steps.ts'

export default defineControl({
  name: 'worker-crashes-after-takeover',
  breaks: 'worker',
  defect: 'The worker that takes over ends by itself while the workflow still sleeps.',
  launch: wrapped(crashing, 2),
  scenario: {
    async run(run) {
      await outlivesKill(run, await run.start(durableDemo, { sleepMs: 15_000 }))
    },
  },
  expected: {
    verdict: 'fail',
    check: 'workers-live',
    finding: /^worker worker-1#2 ended by itself: exit code 3/,
  },
})
