import { activityCompleted, defineScenario } from '../harness/index.ts'
import { finish } from '../workflows/long-history.ts'
import { longHistory } from '../workflows/workloads.ts'

// In no suite: short timeouts lose it, which `pnpm chaos compare` is there to show.
export default defineScenario({
  name: 'kill-worker-long-history',
  promise: 'A workflow whose history takes seconds to replay goes on when its worker dies.',
  suites: [],
  probes: false,
  async story({ worker, start, reach }) {
    const long = await start(longHistory, {})
    await reach(activityCompleted(long))
    await worker.kill()
    await long.signal(finish)
    await worker.restart()
    await long.completes()
  },
})
