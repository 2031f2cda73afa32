import { defineControl, timerStarted } from 'temporal-chaos'
import { patientMs } from './shared/steps.ts'
import { impatientDemo } from './shared/workloads.ts'

export default defineControl({
  name: 'workflow-branches-on-the-wall-clock',
  breaks: 'workflow',
  defect:
    'A workflow sleeps only if the real clock says that it is younger than a day. A replay at once sees the same clock.',
  scenario: {
    budgetMs: patientMs,
    async run({ worker, start, reach }) {
      const demo = await start(impatientDemo, { sleepMs: 2_000 })
      await reach(timerStarted(demo))
      await worker.kill()
      await worker.restart()
      await demo.completes()
    },
  },
  expected: { verdict: 'fail', check: 'replay', finding: /does not replay if the clock is 400 days ahead: / },
})
