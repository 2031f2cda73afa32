// The first step of most scenarios of these tests: a workflow whose timer runs.
import { timerStarted, type ScenarioContext, type ScenarioWorkflow } from '../../harness/index.ts'
import { durableDemo } from '../../workflows/workloads.ts'

/** Starts the demo with a sleep of 2 s and waits until its timer runs. */
export async function asleep({ start, reach }: ScenarioContext): Promise<ScenarioWorkflow> {
  const demo = await start(durableDemo, { sleepMs: 2_000 })
  await reach(timerStarted(demo))
  return demo
}

/** Its worker dies during the sleep, and another one takes over. */
export async function workerDies(run: ScenarioContext): Promise<void> {
  const demo = await asleep(run)
  await run.worker.kill()
  await run.worker.restart()
  await demo.completes()
}

/** The server dies during the sleep, and comes back. */
export async function serverDies(run: ScenarioContext): Promise<void> {
  const demo = await asleep(run)
  await run.server.kill()
  await run.server.start()
  await demo.completes()
}
