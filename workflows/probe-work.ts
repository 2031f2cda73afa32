// The smallest workflow that uses every part of a worker: one activity with one effect.
import { proxyActivities, workflowInfo, type ActivityOptions } from '@temporalio/workflow'
import type { Activities } from './activities.ts'

export interface ErrandInput {
  /** The profile's activity options. */
  readonly activity: ActivityOptions
}

export interface ErrandResult {
  readonly key: string
}

export function probeWorkKey(workflowId: string): string {
  return `${workflowId}/probeWork`
}

export async function probeWork({ activity }: ErrandInput): Promise<ErrandResult> {
  const { recordEffect } = proxyActivities<Activities>(activity)
  const { key } = await recordEffect({ key: probeWorkKey(workflowInfo().workflowId) })
  return { key }
}
