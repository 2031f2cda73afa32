import { childStarted, defineControl } from 'temporal-chaos'
import { abandoningParent } from './shared/history-workloads.ts'
import { outlivesKill, patientMs } from './shared/steps.ts'

export default defineControl({
  name: 'child-outlives-its-parent',
  breaks: 'nothing',
  defect: 'Nothing is broken: a child with the parent close policy ABANDON goes on after its parent.',
  scenario: {
    budgetMs: patientMs,
    probes: false,
    async run(run) {
      const parent = await run.start(abandoningParent, { childSleepsMs: 4_000 })
      await outlivesKill(run, parent, childStarted(parent))
    },
  },
  expected: { verdict: 'pass' },
})
