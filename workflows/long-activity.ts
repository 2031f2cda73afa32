// One activity that works longer than its heartbeat timeout and reports its progress by heartbeats, so that a
// new attempt can continue from there.
import {
  ActivityCancellationType,
  proxyActivities,
  workflowInfo,
  type ActivityOptions,
} from '@temporalio/workflow'
import type { Activities } from './activities.ts'
import { withTimeToWork } from './time-to-work.ts'

export interface LongActivityInput {
  /** @default 10 */
  readonly steps?: number
  /** @default 300 */
  readonly stepMs?: number
  /** The profile's activity options. */
  readonly activity: ActivityOptions
}

export interface LongActivityResult {
  readonly steps: number
  readonly key: string
}

export const defaultSteps = 10
const defaultStepMs = 300

export function countedKey(workflowId: string): string {
  return `${workflowId}/counted`
}

export async function longActivity(input: LongActivityInput): Promise<LongActivityResult> {
  const { steps = defaultSteps, stepMs = defaultStepMs, activity } = input
  const { countSteps } = proxyActivities<Activities>({
    ...withTimeToWork(activity, steps * stepMs),
    // Otherwise the workflow could be cancelled before the effect.
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  })
  const { key } = await countSteps({ key: countedKey(workflowInfo().workflowId), steps, stepMs })
  return { steps, key }
}
