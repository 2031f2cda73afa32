// Its code throws what is no failure of Temporal's: the workflow task fails, again and again.
import { sleep } from '@temporalio/workflow'

export interface ThrowsAfterSleepInput {
  readonly sleepMs: number
}

export async function throwsAfterSleep({ sleepMs }: ThrowsAfterSleepInput): Promise<void> {
  await sleep(sleepMs)
  throw new Error('boom')
}
