import { defineControl } from 'temporal-chaos'
import { asleep, ownFreeze } from './shared/steps.ts'

export default defineControl({
  name: 'outage-never-ends',
  breaks: 'fault',
  defect: 'A freeze ends without the harness’s knowing, so nobody can tell when its outage was over.',
  scenario: {
    probes: false,
    async run(run) {
      const demo = await asleep(run)
      const freeze = ownFreeze(run)
      await run.inject(freeze)
      await freeze.heal()
      await demo.completes()
    },
  },
  expected: {
    verdict: 'inconclusive',
    check: 'outage-ended',
    finding: /^freeze-worker on worker-1#1 was never seen to end: nothing recovered from it/,
  },
})
