import { activityCompleted, defineScenario } from 'temporal-chaos'
import { finish } from '../workflows/long-history.ts'
import { longHistory } from '../workflows/workloads.ts'

// In no suite: a short workflow task timeout breaks it, which `pnpm chaos compare` shows. The worker stops
// cleanly, so that the replay is the only thing to wait for.
export default defineScenario({
  name: 'stop-worker-long-history',
  promise: 'A workflow whose history takes seconds to replay goes on with the next worker.',
  suites: [],
  probes: false,
  async run({ worker, start, reach }) {
    const long = await start(longHistory, {})
    await reach(activityCompleted(long))
    await worker.terminate()
    await long.signal(finish)
    await worker.restart()
    await long.completes()
  },
})
