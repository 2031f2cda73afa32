import { defineControl } from 'temporal-chaos'
import { withStoredRuns } from './shared/damage.ts'
import healthy from './worker-restarts-in-time.ts'

export default defineControl({
  name: 'server-gives-up-on-a-task',
  breaks: 'record',
  defect: 'The server gave up on a task of a workflow, and put it into its dead letter queue.',
  of: healthy,
  damage: ({ observations }) => ({
    observations: withStoredRuns(observations, (run) => ({
      ...run,
      deadLetters: [{ queue: '1_active_active', messages: 1 }],
    })),
  }),
  expected: {
    verdict: 'fail',
    check: 'stored-state',
    finding: /^the server gave up on 1 task of .*-durableDemo-1: see its dead letter queue 1_active_active$/,
  },
})
