import { defineControl, timerStarted } from 'temporal-chaos'
import { patientMs } from './shared/steps.ts'
import { stampingDemo } from './shared/workloads.ts'

export default defineControl({
  name: 'workflow-stamps-effects-with-the-wall-clock',
  breaks: 'workflow',
  defect:
    'A workflow puts the real clock into the input of its activities: the commands are the same in a replay, the arguments are not.',
  scenario: {
    budgetMs: patientMs,
    async run({ worker, start, reach }) {
      const demo = await start(stampingDemo, { sleepMs: 2_000 })
      await reach(timerStarted(demo))
      await worker.kill()
      await worker.restart()
      await demo.completes()
    },
  },
  expected: {
    verdict: 'fail',
    check: 'replay',
    finding: /does not replay: activity \d+ was asked for with recordEffect\(/,
  },
})
