// Where most stories of these tests begin: a workflow whose timer runs.
import { timerStarted, type Story, type StoryWorkflow } from '../../harness/index.ts'
import { durableDemo } from '../../workflows/workloads.ts'

/** Starts the demo with a sleep of 2 s and waits until its timer runs. */
export async function asleep({ start, reach }: Story): Promise<StoryWorkflow> {
  const demo = await start(durableDemo, { sleepMs: 2_000 })
  await reach(timerStarted(demo))
  return demo
}
