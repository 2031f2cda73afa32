import { defineControl } from 'temporal-chaos'
import { beforeIncarnation, cancel, firstWorkflowId } from './shared/service-calls.ts'
import { fleesCancellation } from './shared/history-workloads.ts'
import { outlivesKill, patientMs } from './shared/steps.ts'

export default defineControl({
  name: 'cancellation-is-left-behind',
  breaks: 'workflow',
  defect: 'A workflow is cancelled while its worker is away, and then continues as new all the same.',
  launch: beforeIncarnation(2, (connection, request) =>
    cancel(connection, request.namespace, firstWorkflowId(request, 'fleesCancellation')),
  ),
  scenario: {
    budgetMs: patientMs,
    probes: false,
    async run(run) {
      await outlivesKill(run, await run.start(fleesCancellation, {}))
    },
  },
  expected: {
    verdict: 'fail',
    check: 'cancellations',
    finding:
      /^lost: the cancellation of \S+-fleesCancellation-1 .* was accepted, and the run ended with WorkflowExecutionContinuedAsNew \(event \d+\): the next run does not know of it$/,
  },
})
