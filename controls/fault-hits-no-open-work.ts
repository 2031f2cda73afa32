import { defineControl } from 'temporal-chaos'
import { durableDemo } from '../workflows/workloads.ts'

export default defineControl({
  name: 'fault-hits-no-open-work',
  breaks: 'moment',
  defect: 'The only workflow is done before the worker is killed, and the scenario claims no moment.',
  scenario: {
    probes: false,
    async run(run) {
      const demo = await run.start(durableDemo, { sleepMs: 500 })
      await demo.completes()
      await run.worker.kill()
      await run.worker.restart()
    },
  },
  expected: {
    verdict: 'inconclusive',
    check: 'work-open',
    finding: /^no workflow had open work when kill-worker on worker-1#1 was injected$/,
  },
})
