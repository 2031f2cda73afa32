import { defineControl } from 'temporal-chaos'
import { asleep, pretendedKill } from './shared/steps.ts'

export default defineControl({
  name: 'fault-with-false-evidence',
  breaks: 'fault',
  defect: 'A fault kills nothing, and claims that the worker ended by SIGKILL.',
  scenario: {
    probes: false,
    async run(run) {
      const demo = await asleep(run)
      await run.inject(pretendedKill(run, { exitSignal: 'SIGKILL' }))
      await demo.completes()
    },
  },
  expected: {
    verdict: 'inconclusive',
    check: 'fault-proven',
    finding: /^worker-1#1 should have died, but no death was observed$/,
  },
})
