import { activityStarted, defineControl } from 'temporal-chaos'
import { actsAfterSleep } from './shared/workloads.ts'
import { outlivesKill } from './shared/steps.ts'

export default defineControl({
  name: 'retry-pause-is-too-long',
  breaks: 'workflow',
  defect: 'The retry policy pauses for eight seconds, while the heartbeat timeout is one.',
  scenario: {
    async run(run) {
      const options = { retry: { initialInterval: 8_000, backoffCoefficient: 1 } }
      const work = await run.start(actsAfterSleep, { sleepMs: 0, does: 'slowEffect', options })
      await outlivesKill(run, work, activityStarted(work))
    },
  },
  expected: {
    verdict: 'fail',
    check: 'recovery',
    finding:
      /^activity 1 slowEffect of .* over the budget of 5.00 s: retry backoff \(retry.initialInterval\) took 8.00 s \(8.00 s before attempt 2, attempt 1 ended by its heartbeat timeout\)/,
  },
})
