// What a supervisor that a team could have does at a worker's death: the server goes on offering a workflow's next
// task to the dead worker's own queue until `stickyQueueScheduleToStartTimeout` is over, unless it is told better.
import type { Deadline } from '../core/deadline.ts'
import { isNotFound, retryThroughOutage, type Observer } from './observer.ts'
import type { WorkflowRun } from '../history/workflow-run.ts'

/** `ResetStickyTaskQueue` for each of these runs that is still open. */
export async function freeStickyQueues(
  observer: Observer,
  runs: readonly WorkflowRun[],
  deadline: Deadline,
): Promise<void> {
  const { client, namespace } = observer
  await Promise.all(
    runs.map(async (run) => {
      try {
        await retryThroughOutage(
          observer,
          deadline,
          `the sticky queue of ${run.workflowId} to be freed`,
          () => client.workflowService.resetStickyTaskQueue({ namespace, execution: { ...run } }),
        )
      } catch (thrown) {
        // It has closed meanwhile.
        if (!isNotFound(thrown)) throw thrown
      }
    }),
  )
}
