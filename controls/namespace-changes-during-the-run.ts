import { msToTs } from '@temporalio/common/lib/time.js'
import { defineControl, type Observation } from 'temporal-chaos'
import { patientMs, workerDies } from './shared/steps.ts'

/** Right before the workers start, after the harness has noted the settings. */
const otherRetention: Observation = {
  kind: 'other-retention',
  available: () => null,
  async before({ observer: { client, namespace } }) {
    const workflowExecutionRetentionTtl = msToTs('30 days')
    await client.workflowService.updateNamespace({ namespace, config: { workflowExecutionRetentionTtl } })
  },
  observe: async () => {},
}

export default defineControl({
  name: 'namespace-changes-during-the-run',
  breaks: 'server',
  defect: 'The namespace keeps closed workflows for another time after the run than before.',
  scenario: {
    isolation: 'own-cluster',
    budgetMs: patientMs,
    probes: false,
    observations: [otherRetention],
    async run(run) {
      await workerDies(run)
    },
  },
  expected: {
    verdict: 'fail',
    check: 'settings',
    finding: /^namespace workflowExecutionRetentionTtl was .* and is /,
  },
})
