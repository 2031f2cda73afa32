// Moments of a workflow's children and of its chain.
import { isClosing, textAttribute } from '../history/event.ts'
import { nextRunId } from '../history/chain.ts'
import { nthSpan } from '../history/span.ts'
import type { HistoryMoment } from './moment.ts'
import type { WorkflowRun } from '../history/workflow-run.ts'

/** The `nth` child (from 1) was started and has not ended. */
export function childStarted(run: WorkflowRun, nth = 1): HistoryMoment {
  return {
    source: 'history',
    name: `child ${nth} of ${run.workflowId} to be started`,
    run,
    lasting: true,
    find(events) {
      const child = nthSpan(events, 'child-workflow', nth)?.opened
      const isStarted = events.some(
        (event) =>
          event.eventType === 'EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_STARTED' &&
          textAttribute(event, 'initiatedEventId') === child?.eventId,
      )
      return isStarted ? child : undefined
    },
  }
}

/** This run has ended, and the next run of its chain goes on. */
export function continuedAsNew(run: WorkflowRun): HistoryMoment {
  return {
    source: 'history',
    name: `${run.workflowId} to continue as new`,
    run,
    lasting: false,
    find: (events) => events.find((event) => isClosing(event) && nextRunId(event) !== undefined),
  }
}
