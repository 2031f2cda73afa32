// A parent that starts a child with the parent close policy ABANDON, and closes before it. That is correct for
// work that should continue without its parent.
import {
  ParentClosePolicy,
  proxyActivities,
  sleep,
  startChild,
  workflowInfo,
  type ActivityOptions,
} from '@temporalio/workflow'
import type { Activities } from '../../workflows/activities.ts'

export interface AbandoningParentInput {
  readonly childSleepsMs: number
  /** The profile's activity options. */
  readonly activity: ActivityOptions
}

export function abandonedChildId(parentId: string): string {
  return `${parentId}-abandoned`
}

/** The key of the effect that an abandoned child has at its end. */
export function abandonedKey(parentId: string): string {
  return `${abandonedChildId(parentId)}/done`
}

export async function abandoningParent(input: AbandoningParentInput): Promise<void> {
  await startChild(abandonedChild, {
    workflowId: abandonedChildId(workflowInfo().workflowId),
    args: [input],
    parentClosePolicy: ParentClosePolicy.ABANDON,
  })
}

export async function abandonedChild({ childSleepsMs, activity }: AbandoningParentInput): Promise<void> {
  const { recordEffect } = proxyActivities<Activities>(activity)
  await sleep(childSleepsMs)
  await recordEffect({ key: `${workflowInfo().workflowId}/done` })
}
