import { defineControl } from 'temporal-chaos'
import { idleWorkflow } from './shared/history-workloads.ts'
import { firstTaskDone, patientMs } from './shared/steps.ts'
import { wake } from './workflows/idle-workflow.ts'

export default defineControl({
  name: 'idle-workflow-outlives-its-worker',
  breaks: 'nothing',
  defect:
    'Nothing is broken: a workflow that only waits loses its worker, and takes a signal from the next one.',
  scenario: {
    budgetMs: patientMs,
    async run(run) {
      const waiting = await run.start(idleWorkflow, {})
      await run.reach(firstTaskDone(waiting))
      await run.worker.kill()
      await run.worker.restart()
      await waiting.signal(wake)
      await waiting.completes()
    },
  },
  expected: { verdict: 'pass' },
})
