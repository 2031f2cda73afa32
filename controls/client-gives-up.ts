import { defineControl } from 'temporal-chaos'
import { asleep } from './shared/steps.ts'

export default defineControl({
  name: 'client-gives-up',
  breaks: 'client',
  defect: 'The scenario’s own client gives up with an error, once the worker is back.',
  scenario: {
    probes: false,
    async run(run) {
      await asleep(run)
      await run.worker.kill()
      await run.worker.restart()
      throw new Error('the order system does not answer')
    },
  },
  expected: {
    verdict: 'error',
    check: 'reported-errors',
    finding: /^the order system does not answer$/,
  },
})
