import { defineControl } from 'temporal-chaos'
import { asleep, pretendedKill } from './shared/steps.ts'

export default defineControl({
  name: 'fault-without-evidence',
  breaks: 'fault',
  defect: 'A fault kills nothing, and shows no evidence.',
  scenario: {
    probes: false,
    async run(run) {
      const demo = await asleep(run)
      await run.inject(pretendedKill(run, {}))
      await demo.completes()
    },
  },
  expected: {
    verdict: 'inconclusive',
    check: 'fault-proven',
    finding: /^kill-worker on worker-1#1 shows no evidence$/,
  },
})
