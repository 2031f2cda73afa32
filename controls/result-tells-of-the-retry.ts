import { defineControl } from 'temporal-chaos'
import { untilAccepted } from './shared/effect-steps.ts'
import { tellsItsReceipt } from './shared/effect-workloads.ts'
import { patientMs } from './shared/steps.ts'
import { doneKey } from './workflows/one-effect.ts'

export default defineControl({
  name: 'result-tells-of-the-retry',
  breaks: 'workflow',
  defect: 'A workflow returns whether its effect was new, so that a repeated attempt gives another result.',
  scenario: {
    budgetMs: patientMs,
    probes: false,
    async run(run) {
      const work = await run.start(tellsItsReceipt, {})
      await untilAccepted(run, doneKey(work.workflowId))
      await run.worker.kill()
      await run.worker.restart()
      await work.completes()
    },
  },
  expected: {
    verdict: 'fail',
    check: 'result',
    finding:
      /-tellsItsReceipt-1 ended with \{"status":"completed","result":"repeat"\}, not \{"status":"completed","result":"new"\}$/,
  },
})
