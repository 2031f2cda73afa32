import { defineControl } from 'temporal-chaos'
import { asleep, ownFault } from './shared/steps.ts'

export default defineControl({
  name: 'server-kill-does-nothing',
  breaks: 'fault',
  defect: 'A kill of the Temporal server kills nothing, and claims that its port refused connections.',
  scenario: {
    probes: false,
    async run(run) {
      const demo = await asleep(run)
      const target = { kind: 'service', name: 'temporal-server' } as const
      const kill = ownFault(run, {
        kind: 'end-server',
        target,
        effect: 'dead',
        inject: async () => ({ exitSignal: 'SIGKILL', refusedMs: 4 }),
      })
      await run.inject(kill)
      await run.heal(kill)
      await demo.completes()
    },
  },
  expected: {
    verdict: 'inconclusive',
    check: 'fault-held',
    finding: /^the fault did not hold: during end-server on temporal-server temporal-server answered 1 of 1 /,
  },
})
