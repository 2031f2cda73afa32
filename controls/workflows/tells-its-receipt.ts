// A workflow whose result depends on whether its activity was tried again.
import { proxyActivities, workflowInfo, type ActivityOptions } from '@temporalio/workflow'
import { withTimeToWork } from '../../workflows/time-to-work.ts'
import type { EffectActivities } from '../shared/effect-activities.ts'
import { doneKey } from './one-effect.ts'

interface TellsItsReceiptInput {
  /** The profile's activity options. */
  readonly activity: ActivityOptions
}

export async function tellsItsReceipt({ activity }: TellsItsReceiptInput): Promise<string> {
  const { actThenLinger } = proxyActivities<EffectActivities>(withTimeToWork(activity, 1_500))
  const { outcome } = await actThenLinger({ key: doneKey(workflowInfo().workflowId) })
  return outcome
}
