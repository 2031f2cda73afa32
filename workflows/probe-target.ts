// A workflow that only waits. The harness queries, signals and updates it to see how soon its worker answers.
import { condition, setHandler } from '@temporalio/workflow'
import { nudge, ping, poke, release, type ProbeTargetResult } from 'temporal-chaos/probes'

export async function probeTarget(): Promise<ProbeTargetResult> {
  let nudges = 0
  let pokes = 0
  let isReleased = false
  setHandler(ping, () => 'pong')
  setHandler(nudge, () => (nudges += 1))
  setHandler(poke, () => void (pokes += 1))
  setHandler(release, () => void (isReleased = true))
  await condition(() => isReleased)
  return { nudges, pokes }
}
