import { activityStarted, childStarted, continuedAsNew, defineScenario } from 'temporal-chaos'
import { pipeline } from '../workflows/workloads.ts'
import { pipelineMayDiffer } from './shared/may-differ.ts'

export default defineScenario({
  name: 'kill-worker-mid-pipeline',
  promise: 'Activities, a child and a timer loop all go on when the worker under them dies.',
  mayDiffer: pipelineMayDiffer,
  async run({ worker, start, reach, choose }) {
    const faultedRun = choose.roundRobin('strikes in', ['the first run', 'the second run'])
    const work = await start(pipeline, { items: 4, itemsPerRun: 2, childEvery: 2, workMs: 800 })
    if (faultedRun === 'the second run') await reach(continuedAsNew(work))
    const run = work.current()
    // The second item of a run: two activities, a child and the timer loop are all open at the same time.
    await reach(childStarted(run))
    await reach(activityStarted(run, 4))
    await reach(activityStarted(run, 5))
    await worker.kill()
    await worker.restart()
    await work.completes()
  },
})
