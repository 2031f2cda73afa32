import { defineControl } from 'temporal-chaos'
import { withExecution } from './shared/damage.ts'
import healthy from './worker-restarts-in-time.ts'

export default defineControl({
  name: 'visibility-never-catches-up',
  breaks: 'record',
  defect: 'The list of workflows shows one as running that the service describes as completed.',
  of: healthy,
  damage: (record) => withExecution(record, 'list', { status: 'RUNNING' }),
  expected: {
    verdict: 'fail',
    check: 'visibility',
    finding:
      /^.*-durableDemo-1 \(run .*\) is COMPLETED, and in the list of workflows it is RUNNING, still [\d.]+ s after the end$/,
  },
})
