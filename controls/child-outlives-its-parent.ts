import { childStarted, defineControl } from 'temporal-chaos'
import { abandoningParent } from './shared/history-workloads.ts'
import { patientMs } from './shared/steps.ts'

export default defineControl({
  name: 'child-outlives-its-parent',
  breaks: 'nothing',
  defect: 'Nothing is broken: a child with the parent close policy ABANDON goes on after its parent.',
  scenario: {
    budgetMs: patientMs,
    probes: false,
    async run({ worker, start, reach }) {
      const parent = await start(abandoningParent, { childSleepsMs: 4_000 })
      await reach(childStarted(parent))
      await worker.kill()
      await worker.restart()
      await parent.completes()
    },
  },
  expected: { verdict: 'pass' },
})
