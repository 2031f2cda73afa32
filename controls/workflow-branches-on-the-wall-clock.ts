import { defineControl } from 'temporal-chaos'
import { outlivesKill, patientMs } from './shared/steps.ts'
import { impatientDemo } from './shared/workloads.ts'

export default defineControl({
  name: 'workflow-branches-on-the-wall-clock',
  breaks: 'workflow',
  defect:
    'A workflow sleeps only if the real clock says that it is younger than a day. A replay at once sees the same clock.',
  scenario: {
    budgetMs: patientMs,
    async run(run) {
      await outlivesKill(run, await run.start(impatientDemo, { sleepMs: 2_000 }))
    },
  },
  expected: { verdict: 'fail', check: 'replay', finding: /does not replay if the clock is 400 days ahead: / },
})
