import { defineControl } from 'temporal-chaos'
import { routedNote } from './shared/routed-workloads.ts'
import { outlivesKill, patientMs } from './shared/steps.ts'

export default defineControl({
  name: 'memo-follows-the-incarnation',
  breaks: 'workflow',
  defect:
    'A workflow writes another memo after the restart, by the answer of an activity that knows its incarnation.',
  golden: true,
  scenario: {
    budgetMs: patientMs,
    async run(run) {
      await outlivesKill(run, await run.start(routedNote, {}))
    },
  },
  expected: {
    verdict: 'fail',
    check: 'golden',
    finding: /^memo of \S+, route: expected \(golden run\) "standard", seen "express"$/,
  },
})
