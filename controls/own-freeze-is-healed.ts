import { defineControl } from 'temporal-chaos'
import { asleep, ownFreeze, patientMs } from './shared/steps.ts'

export default defineControl({
  name: 'own-freeze-is-healed',
  breaks: 'nothing',
  defect: 'Nothing is broken: a fault that the scenario brings itself freezes the worker, and is healed.',
  scenario: {
    budgetMs: patientMs,
    async run(run) {
      const demo = await asleep(run)
      const freeze = ownFreeze(run)
      await run.inject(freeze)
      await run.heal(freeze)
      await demo.completes()
    },
  },
  expected: { verdict: 'pass' },
})
