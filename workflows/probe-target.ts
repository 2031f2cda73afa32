// A workflow that only waits. The harness queries, signals and updates it to see how soon its worker answers.
import { condition, defineQuery, defineSignal, defineUpdate, setHandler } from '@temporalio/workflow'

export interface ProbeTargetResult {
  readonly nudges: number
  readonly pokes: number
}

export const ping = defineQuery<'pong'>('ping')
/** Answers with the number of nudges so far. */
export const nudge = defineUpdate<number>('nudge')
export const poke = defineSignal('poke')
export const release = defineSignal('release')

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
