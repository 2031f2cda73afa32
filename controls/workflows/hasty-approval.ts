// `approval` whose update handler answers at once, and leaves the effect for later.
import { proxyActivities, setHandler, sleep, workflowInfo } from '@temporalio/workflow'
import type { Activities } from '../../workflows/activities.ts'
import { amend, amendmentKey } from '../../workflows/decision.ts'
import type { ApprovalInput } from '../../workflows/approval.ts'

export async function hastyApproval({ activity }: ApprovalInput): Promise<void> {
  const { recordEffect } = proxyActivities<Activities>(activity)
  const { workflowId } = workflowInfo()
  setHandler(amend, (amendment) => {
    void sleep(1_000).then(() => recordEffect({ key: amendmentKey(workflowId, amendment) }))
    return { before: 0, after: amendment.amount }
  })
  await sleep(4_000)
}
