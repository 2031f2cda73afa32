// Moments of the messages to a workflow.
import type { HistoryMoment } from './moment.ts'
import type { WorkflowRun } from '../history/workflow-run.ts'

/** The server has stored the `nth` signal (from 1) to this run, whether or not a worker knows. */
export function signalAccepted(run: WorkflowRun, nth = 1): HistoryMoment {
  return {
    source: 'history',
    name: `signal ${nth} of ${run.workflowId} to be accepted`,
    run,
    lasting: false,
    find: (events) =>
      events.filter(({ eventType }) => eventType === 'EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED')[nth - 1],
  }
}
