import { defineControl } from 'temporal-chaos'
import { oneEffect } from './shared/effect-workloads.ts'
import { outlivesKill, patientMs } from './shared/steps.ts'

export default defineControl({
  name: 'local-activity-asks-twice',
  breaks: 'activity',
  defect: 'A local activity calls twice in one execution, and only the ledger prevents a second effect.',
  scenario: {
    budgetMs: patientMs,
    async run(run) {
      await outlivesKill(run, await run.start(oneEffect(), { by: 'actTwice', isLocal: true }))
    },
  },
  expected: {
    verdict: 'fail',
    check: 'effects',
    finding: /^duplicated: .* was sent by activity 1 attempt 1 .*, and again by activity 1 attempt 1 /,
  },
})
