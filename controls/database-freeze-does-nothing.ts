import { setTimeout as delay } from 'node:timers/promises'
import { defineControl } from 'temporal-chaos'
import { asleep, ownFault } from './shared/steps.ts'

export default defineControl({
  name: 'database-freeze-does-nothing',
  breaks: 'fault',
  defect:
    'A freeze of the database freezes nothing for a second, and claims that the kernel shows it stopped.',
  scenario: {
    probes: false,
    async run(run) {
      const demo = await asleep(run)
      const target = { kind: 'service', name: 'postgres' } as const
      const freeze = ownFault(run, {
        kind: 'freeze-database',
        target,
        effect: 'frozen',
        inject: async () => ({ state: 'T' }),
      })
      await run.inject(freeze)
      await delay(1_000)
      await run.heal(freeze)
      await demo.completes()
    },
  },
  expected: {
    verdict: 'inconclusive',
    check: 'fault-held',
    finding:
      /^the fault did not hold: during freeze-database on postgres postgres answered \d+ of \d+ questions/,
  },
})
