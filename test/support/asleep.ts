// A step of several tests: the server dies while the demonstration sleeps.
import { asleep } from '../../controls/shared/steps.ts'
import type { ScenarioContext } from '../../harness/index.ts'

/** The server dies during the sleep, and comes back. */
export async function serverDies(run: ScenarioContext): Promise<void> {
  const demo = await asleep(run)
  await run.server.kill()
  await run.server.start()
  await demo.completes()
}
