import { defineControl } from 'temporal-chaos'
import { routedShipment } from './shared/routed-workloads.ts'
import { outlivesKill, patientMs } from './shared/steps.ts'

export default defineControl({
  name: 'activity-answers-by-incarnation',
  breaks: 'activity',
  defect:
    'An activity gives another answer in the second incarnation, so that the workflow takes another path. No workload declares the right one.',
  golden: true,
  scenario: {
    budgetMs: patientMs,
    async run(run) {
      await outlivesKill(run, await run.start(routedShipment, {}))
    },
  },
  expected: {
    verdict: 'fail',
    check: 'golden',
    finding:
      /^outcome of \S+, result: expected \(golden run\) {"route":"standard"}, seen {"route":"express"}$/,
  },
})
