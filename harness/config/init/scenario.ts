// The scenario that `init` writes beside the configuration, as a start for scenarios of one's own.
import type { Draft } from './draft.ts'
import { inPackage } from './parts.ts'

/** A module of JavaScript needs no compiler, and a project's own compiler leaves it alone. */
export const scenarioFile = 'chaos/worker-dies-twice.mjs'

/** @param installed where the package lies, seen from the configuration */
export function renderScenario({ workload }: Draft, installed: string | undefined): string {
  return `// A scenario of your own. It runs beside those that every workload gets, and is judged as they are.
// What a scenario can say: ${inPackage('docs/your-worker.md', installed)}, "Scenarios of your own".
import { defineScenario } from 'temporal-chaos'

export default defineScenario({
  name: 'worker-dies-twice', // as the file is named
  promise: '${workload} ends as without faults, although its worker dies twice in a row.',
  async run({ workloads, worker, start }) {
    const flow = await start(workloads['${workload}'])
    // Moments come from 'temporal-chaos', too: await reach(timerStarted(flow)), activityStarted(flow, 2), …
    await worker.kill()
    await worker.restart()
    await worker.kill()
    await worker.restart({ afterMs: 1_000 })
    await flow.completes()
  },
})
`
}
