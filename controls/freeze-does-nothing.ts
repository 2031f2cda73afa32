import { defineControl } from 'temporal-chaos'
import { asleep, ownFault } from './shared/steps.ts'

export default defineControl({
  name: 'freeze-does-nothing',
  breaks: 'fault',
  defect: 'A freeze of the worker freezes nothing, and claims that the kernel shows it stopped.',
  scenario: {
    probes: false,
    async run(run) {
      const demo = await asleep(run)
      const freeze = ownFault(run, {
        kind: 'freeze-worker',
        effect: 'frozen',
        inject: async () => ({ state: 'T' }),
      })
      await run.inject(freeze)
      await run.heal(freeze)
      await demo.completes()
    },
  },
  expected: {
    verdict: 'inconclusive',
    check: 'fault-held',
    finding: /^the fault did not hold: after freeze-worker on worker-1#1 1 of its processes ran at /,
  },
})
