import { defineControl } from 'temporal-chaos'
import { outlivesKill, patientMs } from './shared/steps.ts'
import { stampingDemo } from './shared/workloads.ts'

export default defineControl({
  name: 'workflow-stamps-effects-with-the-wall-clock',
  breaks: 'workflow',
  defect:
    'A workflow puts the real clock into the input of its activities: the commands are the same in a replay, the arguments are not.',
  scenario: {
    budgetMs: patientMs,
    async run(run) {
      await outlivesKill(run, await run.start(stampingDemo, { sleepMs: 2_000 }))
    },
  },
  expected: {
    verdict: 'fail',
    check: 'replay',
    finding: /does not replay: activity \d+ was asked for with recordEffect\(/,
  },
})
