// The activities that the server counts as pending: history tells of an attempt only once it has ended.
import type { WorkflowRun } from '../history/workflow-run.ts'
import type { Observer } from './observer.ts'

/** All that the server counts as pending of a run. */
export async function pendingActivities({ client, namespace }: Observer, run: WorkflowRun) {
  const { workflowService } = client.connection
  const description = await workflowService.describeWorkflowExecution({ namespace, execution: { ...run } })
  return description.pendingActivities
}
