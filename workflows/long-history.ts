// A history that is made in seconds and takes seconds to replay: where a short workflow task timeout loses. It is made in
// many small workflow tasks; a worker that takes it over has to come through all of it in one.
import {
  condition,
  defineSignal,
  proxyActivities,
  setHandler,
  workflowInfo,
  type ActivityOptions,
} from '@temporalio/workflow'
import type { Activities } from './activities.ts'

export interface LongHistoryInput {
  /** How many waits with a timeout are in it, with two events each: timer started, timer cancelled. @default 2_000 */
  readonly size?: number
  /** The profile's activity options. */
  readonly activity: ActivityOptions
}

export interface LongHistoryResult {
  readonly size: number
}

export const defaultSize = 2_000
const waitsPerTask = 80
const neverMs = 24 * 60 * 60 * 1_000

export const finish = defineSignal('finish')

/** Key of the effect that says that the history is long now. */
export function builtKey(workflowId: string): string {
  return `${workflowId}/built`
}

export async function longHistory({
  size = defaultSize,
  activity,
}: LongHistoryInput): Promise<LongHistoryResult> {
  let isFinished = false
  setHandler(finish, () => void (isFinished = true))
  const { doNothing, recordEffect } = proxyActivities<Activities>(activity)
  for (let made = 0; made < size; made += waitsPerTask) {
    await waitTogether(Math.min(waitsPerTask, size - made), doNothing)
  }
  await recordEffect({ key: builtKey(workflowInfo().workflowId) })
  await condition(() => isFinished)
  return { size }
}

/** `count` waits side by side, over when `event` is. */
async function waitTogether(count: number, event: () => Promise<void>): Promise<void> {
  let isOver = false
  const waits = Array.from({ length: count }, () => condition(() => isOver, neverMs))
  await event()
  isOver = true
  await Promise.all(waits)
}
