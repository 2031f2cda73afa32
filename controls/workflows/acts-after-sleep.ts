// Sleeps, so that its worker can die meanwhile, and then runs one activity that is broken on purpose.
import { proxyActivities, sleep, workflowInfo, type ActivityOptions } from '@temporalio/workflow'
import type { Activities } from '../../workflows/activities.ts'
import type { FailingActivities } from '../shared/failing-activities.ts'

export interface ActsAfterSleepInput {
  readonly sleepMs: number
  readonly does: 'hangTwice' | 'refuseTwice' | 'hangForGood' | 'slowEffect'
  /** Beside the profile's activity options. */
  readonly options?: ActivityOptions
  /** The profile's activity options. */
  readonly activity: ActivityOptions
}

export interface ActsAfterSleepResult {
  readonly key: string
}

export function actionKey(workflowId: string): string {
  return `${workflowId}/action`
}

export async function actsAfterSleep(input: ActsAfterSleepInput): Promise<ActsAfterSleepResult> {
  const { sleepMs, does, options, activity } = input
  const activities = proxyActivities<Activities & FailingActivities>({ ...activity, ...options })
  const key = actionKey(workflowInfo().workflowId)
  if (sleepMs > 0) await sleep(sleepMs)
  await activities[does]({ key, ms: 3_000 })
  return { key }
}
