import { defineControl } from 'temporal-chaos'
import { asleep, patientMs } from './shared/steps.ts'
import { stubborn, wrapped } from './shared/wrapped.ts'

export default defineControl({
  name: 'drain-outlasts-its-grace',
  breaks: 'nothing',
  defect:
    'Nothing is lost: a worker that does not leave within its grace is killed, and the next one takes over.',
  launch: wrapped(stubborn, 1),
  scenario: {
    budgetMs: patientMs,
    async run(run) {
      const demo = await asleep(run)
      await run.worker.terminate({ graceMs: 1_000 })
      await run.worker.restart()
      await demo.completes()
    },
  },
  expected: { verdict: 'pass' },
})
