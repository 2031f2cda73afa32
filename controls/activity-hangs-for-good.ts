import { defineControl } from 'temporal-chaos'
import { actsAfterSleep } from './shared/workloads.ts'
import { outlivesKill } from './shared/steps.ts'

export default defineControl({
  name: 'activity-hangs-for-good',
  breaks: 'activity',
  defect: 'After the restart an activity hangs, with a timeout of five minutes and no heartbeat.',
  scenario: {
    deadlineMs: 30_000,
    async run(run) {
      const options = { startToCloseTimeout: 300_000, heartbeatTimeout: 0 }
      await outlivesKill(
        run,
        await run.start(actsAfterSleep, { sleepMs: 6_000, does: 'hangForGood', options }),
      )
    },
  },
  expected: {
    verdict: 'fail',
    check: 'completed',
    finding:
      / is still open; pending because activity hangForGood has not completed: .*, attempt 1 has run for .* on worker-1#2, timeouts: startToClose 5 min 00 s \(would end it in .*\), no heartbeat/,
  },
})
