import { defineControl } from 'temporal-chaos'
import { beforeIncarnation, firstWorkflowId, startAgain } from './shared/service-calls.ts'
import { asleep } from './shared/steps.ts'

export default defineControl({
  name: 'workflow-is-started-twice',
  breaks: 'client',
  defect: 'A client tries a start again after the workflow has completed, and starts a second run of it.',
  launch: beforeIncarnation(3, (connection, request) =>
    startAgain(connection, request, firstWorkflowId(request, 'durableDemo')),
  ),
  scenario: {
    probes: false,
    async run(run) {
      const demo = await asleep(run)
      await run.worker.kill()
      await run.worker.restart()
      await demo.completes()
      await run.worker.kill()
      await run.worker.restart()
    },
  },
  expected: {
    verdict: 'fail',
    check: 'started-once',
    finding: /^started twice: \S+-durableDemo-1 has the run \S+ \(\w+\), begun at /,
  },
})
