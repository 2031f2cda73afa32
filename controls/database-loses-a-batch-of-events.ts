import { defineControl } from 'temporal-chaos'
import { withStoredRuns } from './shared/damage.ts'
import healthy from './worker-restarts-in-time.ts'

export default defineControl({
  name: 'database-loses-a-batch-of-events',
  breaks: 'record',
  defect: 'The database has no longer the third batch of events of a workflow, which has completed.',
  of: healthy,
  damage: ({ observations }) => ({
    observations: withStoredRuns(observations, (run) => ({ ...run, batches: run.batches.toSpliced(2, 1) })),
  }),
  expected: {
    verdict: 'fail',
    check: 'stored-state',
    finding:
      /^the stored history of .*-durableDemo-1 has a gap: what follows the batch that begins with event 3 is missing; it has \d+ events$/,
  },
})
