import { activityCompleted, activityStarted, defineControl } from 'temporal-chaos'
import { oneEffect } from './shared/effect-workloads.ts'
import { patientMs } from './shared/steps.ts'

export default defineControl({
  name: 'frozen-worker-wakes-late',
  breaks: 'nothing',
  defect: 'A frozen worker wakes after its successor did the work, and calls the ledger once more.',
  scenario: {
    budgetMs: patientMs,
    probes: false,
    async run({ worker, start, reach }) {
      const work = await start(oneEffect(), { by: 'actHoweverLate' })
      await reach(activityStarted(work))
      await worker.pause()
      await worker.startNext()
      await reach(activityCompleted(work))
      await worker.resume()
      await work.completes()
    },
  },
  expected: { verdict: 'pass' },
})
