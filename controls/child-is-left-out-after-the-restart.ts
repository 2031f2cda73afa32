import { defineControl } from 'temporal-chaos'
import { routedParcels } from './shared/routed-workloads.ts'
import { outlivesKill, patientMs } from './shared/steps.ts'

export default defineControl({
  name: 'child-is-left-out-after-the-restart',
  breaks: 'workflow',
  defect:
    'A workflow starts one child less after the restart, by the answer of an activity that knows its incarnation.',
  golden: true,
  scenario: {
    budgetMs: patientMs,
    async run(run) {
      await outlivesKill(run, await run.start(routedParcels, {}))
    },
  },
  expected: {
    verdict: 'fail',
    check: 'golden',
    finding:
      /^children of \S+, routedParcel <run>-\S+-second: expected \(golden run\) "WorkflowExecutionCompleted", seen nothing$/,
  },
})
