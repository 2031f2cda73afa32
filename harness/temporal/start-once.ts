// Starts a workflow through an outage, and only once.
import { WorkflowExecutionAlreadyStartedError, type WorkflowStartOptions } from '@temporalio/client'
import type { Observer } from './observer.ts'

/**
 * Starts a workflow. If the answer is lost, the next attempt finds the workflow, which may already be closed. The id
 * belongs to one scenario, so the workflow cannot be another one. @returns the id of the first run
 */
export async function startOnce(
  { client: { workflow } }: Observer,
  type: string,
  options: WorkflowStartOptions,
): Promise<string> {
  try {
    const { firstExecutionRunId } = await workflow.start(type, {
      ...options,
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
    })
    return firstExecutionRunId
  } catch (thrown) {
    if (!(thrown instanceof WorkflowExecutionAlreadyStartedError)) throw thrown
    const { raw, runId } = await workflow.getHandle(options.workflowId).describe()
    return raw.workflowExecutionInfo?.firstRunId || runId
  }
}
