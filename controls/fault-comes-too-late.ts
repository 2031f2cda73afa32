import { defineControl } from 'temporal-chaos'
import { asleep } from './shared/steps.ts'

export default defineControl({
  name: 'fault-comes-too-late',
  breaks: 'moment',
  defect: 'The worker is killed only after the workflow has completed.',
  scenario: {
    probes: false,
    async run(run) {
      const demo = await asleep(run)
      await demo.completes()
      await run.worker.kill()
    },
  },
  expected: { verdict: 'inconclusive', check: 'moment-held', finding: /too late/ },
})
