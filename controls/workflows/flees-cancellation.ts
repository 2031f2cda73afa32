// A workflow that continues as new when it is cancelled: the next run does not know of the cancellation.
import { continueAsNew, isCancellation, sleep } from '@temporalio/workflow'

export interface FleesCancellationInput {
  readonly isSecondRun?: boolean
}

export async function fleesCancellation({ isSecondRun = false }: FleesCancellationInput): Promise<string> {
  if (isSecondRun) return 'done'
  try {
    await sleep(60_000)
  } catch (thrown) {
    if (!isCancellation(thrown)) throw thrown
    await continueAsNew<typeof fleesCancellation>({ isSecondRun: true })
  }
  return 'slept'
}
