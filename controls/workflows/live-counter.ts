// A workflow that counts only what it sees live: a replay after its worker's death brings nothing of it back.
import { defineQuery, setHandler, sleep, workflowInfo } from '@temporalio/workflow'

export interface LiveCounterInput {
  readonly ticks: number
}

export const counted = defineQuery<number>('counted')

export async function liveCounter({ ticks }: LiveCounterInput): Promise<number> {
  let count = 0
  setHandler(counted, () => count)
  for (let tick = 0; tick < ticks; tick += 1) {
    await sleep(1_000)
    if (!workflowInfo().unsafe.isReplaying) count += 1
  }
  return ticks
}
