import { defineControl } from 'temporal-chaos'
import { beforeIncarnation, firstWorkflowId, forget } from './shared/service-calls.ts'
import { asleep } from './shared/steps.ts'

export default defineControl({
  name: 'service-forgets-a-workflow',
  breaks: 'server',
  defect: 'The service forgets a whole workflow while its worker restarts.',
  launch: beforeIncarnation(2, (connection, request) =>
    forget(connection, request.namespace, firstWorkflowId(request, 'durableDemo')),
  ),
  scenario: {
    probes: false,
    deadlineMs: 12_000,
    async run(run) {
      const demo = await asleep(run)
      await run.worker.kill()
      await run.worker.restart()
      await demo.completes()
    },
  },
  expected: {
    verdict: 'fail',
    check: 'known',
    finding: /^lost: .*-durableDemo-1 .* the service does not know it: 5 NOT_FOUND/,
  },
})
