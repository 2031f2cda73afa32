// A workflow with one effect and a sleep, during which its worker can die. Its input names the activity.
import {
  proxyActivities,
  proxyLocalActivities,
  sleep,
  workflowInfo,
  type ActivityOptions,
} from '@temporalio/workflow'
import { withTimeToWork } from '../../workflows/time-to-work.ts'
import type { EffectActivities } from '../shared/effect-activities.ts'

export interface OneEffectInput {
  readonly by: keyof EffectActivities
  /** Runs it as a local activity. @default false */
  readonly isLocal?: boolean
  /** The profile's activity options. */
  readonly activity: ActivityOptions
}

export function doneKey(workflowId: string): string {
  return `${workflowId}/done`
}

const workMs = 1_500

export async function oneEffect({ by, isLocal = false, activity }: OneEffectInput): Promise<void> {
  const activities = isLocal
    ? proxyLocalActivities<EffectActivities>({ startToCloseTimeout: 10_000 })
    : proxyActivities<EffectActivities>(withTimeToWork(activity, workMs))
  await activities[by]({ key: doneKey(workflowInfo().workflowId) })
  await sleep(2_000)
}

/** Uses the key of another workflow: the first one that of the second, and the second one that of the first. */
export async function oneEffectOfNeighbour({ activity }: OneEffectInput): Promise<void> {
  const neighbour = workflowInfo().workflowId.replace(/[12]$/, (number) => (number === '1' ? '2' : '1'))
  await proxyActivities<EffectActivities>(withTimeToWork(activity, workMs)).actThenLinger({
    key: doneKey(neighbour),
  })
  await sleep(2_000)
}
