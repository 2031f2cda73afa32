// Starting a workflow through an outage, and starting it once.
import { WorkflowExecutionAlreadyStartedError, type WorkflowStartOptions } from '@temporalio/client'
import type { Observer } from './observer.ts'

/**
 * A start that may be tried again where its answer was lost: it then finds the workflow, which may even be closed by now.
 * Its id is the scenario's alone, so it cannot be somebody else's. @returns the id of the first run
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
