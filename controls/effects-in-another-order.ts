import { defineControl } from 'temporal-chaos'
import { reorderedDemo } from './shared/effect-workloads.ts'
import { outlivesKill, patientMs } from './shared/steps.ts'

export default defineControl({
  name: 'effects-in-another-order',
  breaks: 'workflow',
  defect: 'A workflow has its two effects in the wrong order.',
  scenario: {
    budgetMs: patientMs,
    async run(run) {
      await outlivesKill(run, await run.start(reorderedDemo, { sleepMs: 2_000 }))
    },
  },
  expected: {
    verdict: 'fail',
    check: 'golden-effects',
    finding: /^reordered: the ledger accepted .*after-sleep as number \d+, before .*before-sleep/,
  },
})
