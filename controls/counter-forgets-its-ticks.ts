import { defineControl, timerStarted } from 'temporal-chaos'
import { undeclaredCounter } from './shared/history-workloads.ts'
import { patientMs } from './shared/steps.ts'
import { counted } from './workflows/live-counter.ts'

export default defineControl({
  name: 'counter-forgets-its-ticks',
  breaks: 'workflow',
  defect:
    'A workflow keeps state that a replay does not bring back, and only the scenario knows what it must be.',
  scenario: {
    budgetMs: patientMs,
    probes: false,
    async run({ worker, start, reach, expectThat }) {
      const counter = await start(undeclaredCounter, { ticks: 4 })
      await reach(timerStarted(counter, 3))
      await worker.kill()
      await worker.restart()
      await counter.completes()
      expectThat('it has counted all of its ticks', { expected: 4, observed: await counter.query(counted) })
    },
  },
  expected: {
    verdict: 'fail',
    check: 'expectations',
    finding: /^not so: it has counted all of its ticks \(expected 4, observed [0-3]\)$/,
  },
})
