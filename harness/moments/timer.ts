// Moments of a workflow's timers.
import { nthSpan } from '../history/span.ts'
import type { HistoryMoment } from './moment.ts'
import type { WorkflowRun } from '../history/workflow-run.ts'

/** The `nth` timer (from 1) was started, and has neither fired nor been cancelled. */
export function timerStarted(run: WorkflowRun, nth = 1): HistoryMoment {
  return {
    source: 'history',
    name: `timer ${nth} of ${run.workflowId} to be started`,
    run,
    lasting: true,
    find: (events) => nthSpan(events, 'timer', nth)?.opened,
  }
}

/** The `nth` timer (from 1) has fired on the server, whether or not a worker knows. */
export function timerFired(run: WorkflowRun, nth = 1): HistoryMoment {
  return {
    source: 'history',
    name: `timer ${nth} of ${run.workflowId} to fire`,
    run,
    lasting: false,
    find(events) {
      const closed = nthSpan(events, 'timer', nth)?.closed
      return closed?.eventType === 'EVENT_TYPE_TIMER_FIRED' ? closed : undefined
    },
  }
}
