// Where most stories of these tests begin: a workflow whose timer runs.
import { timerStarted, type Story, type StoryWorkflow } from '../../harness/index.ts'
import { durableDemo } from '../../workflows/workloads.ts'

/** Starts the demo with a sleep of 2 s and waits until its timer runs. */
export async function asleep({ start, reach }: Story): Promise<StoryWorkflow> {
  const demo = await start(durableDemo, { sleepMs: 2_000 })
  await reach(timerStarted(demo))
  return demo
}

/** Its worker dies in its sleep, and another takes over. */
export async function workerDies(story: Story): Promise<void> {
  const demo = await asleep(story)
  await story.worker.kill()
  await story.worker.restart()
  await demo.completes()
}

/** The server dies in its sleep, and comes back. */
export async function serverDies(story: Story): Promise<void> {
  const demo = await asleep(story)
  await story.server.kill()
  await story.server.start()
  await demo.completes()
}
