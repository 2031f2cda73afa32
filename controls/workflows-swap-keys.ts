import { defineControl, timerStarted, times } from 'temporal-chaos'
import { oneEffectOfNeighbour } from './shared/effect-workloads.ts'
import { patientMs } from './shared/steps.ts'

export default defineControl({
  name: 'workflows-swap-keys',
  breaks: 'workflow',
  defect: 'Two workflows act under the keys of each other.',
  scenario: {
    budgetMs: patientMs,
    async run({ worker, start, reach }) {
      const both = await times(2, () => start(oneEffectOfNeighbour, { by: 'actThenLinger' }))
      await Promise.all(both.map((work) => reach(timerStarted(work))))
      await worker.kill()
      await worker.restart()
      await Promise.all(both.map((work) => work.completes()))
    },
  },
  expected: {
    verdict: 'fail',
    check: 'effect-senders',
    finding: /^foreign: .*-1\/done is an effect of .*-1, but was sent by .* of .*-2$/,
  },
})
