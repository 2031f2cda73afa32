import { defineControl, timerStarted } from 'temporal-chaos'
import { oneEffect } from './shared/effect-workloads.ts'
import { patientMs } from './shared/steps.ts'

export default defineControl({
  name: 'local-activity-asks-twice',
  breaks: 'activity',
  defect: 'A local activity calls twice in one execution, and only the ledger prevents a second effect.',
  scenario: {
    budgetMs: patientMs,
    async run({ worker, start, reach }) {
      const work = await start(oneEffect(), { by: 'actTwice', isLocal: true })
      await reach(timerStarted(work))
      await worker.kill()
      await worker.restart()
      await work.completes()
    },
  },
  expected: {
    verdict: 'fail',
    check: 'effects',
    finding: /^duplicated: .* was sent by activity 1 attempt 1 .*, and again by activity 1 attempt 1 /,
  },
})
