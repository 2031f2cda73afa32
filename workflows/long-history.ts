// A history that is made in seconds and takes seconds to replay, which a short workflow task timeout cannot
// stand: the next worker must replay all of it within one workflow task.
import {
  condition,
  defineSignal,
  proxyActivities,
  setHandler,
  sleep,
  workflowInfo,
  type ActivityOptions,
} from '@temporalio/workflow'
import type { Activities } from './activities.ts'

export interface LongHistoryInput {
  /** The number of timers, with two events each. @default 2_400 */
  readonly size?: number
  /** The profile's activity options. */
  readonly activity: ActivityOptions
}

export interface LongHistoryResult {
  readonly size: number
}

export const defaultSize = 2_400

/** Timers in one workflow task; the service fires those of a batch together, about a second later. */
const batchSize = 300

/**
 * The depth of calls in which each timer is awaited. Replaying an `await` costs as much as replaying an
 * event.
 */
const depth = 5

export const finish = defineSignal('finish')

/** The key of the effect that marks the history as complete. */
export function builtKey(workflowId: string): string {
  return `${workflowId}/built`
}

export async function longHistory({
  size = defaultSize,
  activity,
}: LongHistoryInput): Promise<LongHistoryResult> {
  let isFinished = false
  setHandler(finish, () => void (isFinished = true))
  const { recordEffect } = proxyActivities<Activities>(activity)
  for (let made = 0; made < size; made += batchSize) {
    await Promise.all(Array.from({ length: Math.min(batchSize, size - made) }, () => sleepDeep(depth)))
  }
  await recordEffect({ key: builtKey(workflowInfo().workflowId) })
  await condition(() => isFinished)
  return { size }
}

async function sleepDeep(depth: number): Promise<void> {
  if (depth === 0) await sleep(1)
  else await sleepDeep(depth - 1)
}
