// Ends the workflows that a run leaves open: the cluster is shared, and they must not go on loading it.
import { WorkflowNotFoundError } from '@temporalio/common'
import type { Deadline } from '../core/deadline.ts'
import { isClosing } from '../history/event.ts'
import type { RunRecorder } from '../record/recorder.ts'
import { retryThroughOutage, type Observer } from '../temporal/observer.ts'
import type { ReplayedHistory } from '../worker/replay/replayer.ts'

export interface LeftOpen {
  readonly observer: Observer
  readonly histories: readonly ReplayedHistory[]
  readonly recorder: RunRecorder
  readonly deadline: Deadline
}

/** One that cannot be ended is an error on the timeline. */
export async function endOpenWorkflows({ observer, histories, recorder, deadline }: LeftOpen): Promise<void> {
  for (const { run, events } of histories) {
    if (events.some(isClosing)) continue
    const handle = observer.client.workflow.getHandle(run.workflowId, run.runId)
    try {
      await retryThroughOutage(observer, deadline, `the end of ${run.workflowId}`, () =>
        handle.terminate('the run is over'),
      )
    } catch (thrown) {
      // It closed by itself, or by a try whose answer was lost.
      if (thrown instanceof WorkflowNotFoundError) continue
      // The cluster died, or the user interrupted: both end the cluster.
      if (deadline.signal.aborted) return
      recorder.error(thrown)
    }
  }
}
