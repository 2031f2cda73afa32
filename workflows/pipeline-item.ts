// The child workflow of a pipeline: it inspects one item.
import { proxyActivities, workflowInfo, type ActivityOptions } from '@temporalio/workflow'
import type { Activities, EffectReceipt } from './activities.ts'
import { withTimeToWork } from './time-to-work.ts'

export interface PipelineItemInput {
  readonly workMs: number
  /** The profile's activity options. */
  readonly activity: ActivityOptions
}

export function pipelineItemId(pipelineId: string, item: number): string {
  return `${pipelineId}-item-${item}`
}

/** Key of the effect of the child with this id. */
export function inspectedKey(workflowId: string): string {
  return `${workflowId}/inspected`
}

export async function pipelineItem({ workMs, activity }: PipelineItemInput): Promise<EffectReceipt> {
  const { slowEffect } = proxyActivities<Activities>(withTimeToWork(activity, workMs))
  return slowEffect({ key: inspectedKey(workflowInfo().workflowId), ms: workMs })
}
