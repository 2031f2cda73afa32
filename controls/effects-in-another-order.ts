import { defineControl, timerStarted } from 'temporal-chaos'
import { reorderedDemo } from './shared/effect-workloads.ts'
import { patientMs } from './shared/steps.ts'

export default defineControl({
  name: 'effects-in-another-order',
  breaks: 'workflow',
  defect: 'A workflow has its two effects in the wrong order.',
  scenario: {
    budgetMs: patientMs,
    async run({ worker, start, reach }) {
      const demo = await start(reorderedDemo, { sleepMs: 2_000 })
      await reach(timerStarted(demo))
      await worker.kill()
      await worker.restart()
      await demo.completes()
    },
  },
  expected: {
    verdict: 'fail',
    check: 'golden-effects',
    finding: /^reordered: the ledger accepted .*after-sleep as number \d+, before .*before-sleep/,
  },
})
