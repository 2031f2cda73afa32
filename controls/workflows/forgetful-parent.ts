// A parent that asks for a child and closes in the same workflow task: the service never starts that child.
import {
  condition,
  defineSignal,
  ParentClosePolicy,
  setHandler,
  startChild,
  workflowInfo,
} from '@temporalio/workflow'
import { abandonedChild, abandonedChildId, type AbandoningParentInput } from './abandoning-parent.ts'

export const leave = defineSignal('leave')

export async function forgetfulParent(input: AbandoningParentInput): Promise<void> {
  let isLeaving = false
  setHandler(leave, () => void (isLeaving = true))
  await condition(() => isLeaving)
  // Nobody awaits the start.
  void startChild(abandonedChild, {
    workflowId: abandonedChildId(workflowInfo().workflowId),
    args: [input],
    parentClosePolicy: ParentClosePolicy.ABANDON,
  })
}
