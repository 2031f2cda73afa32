// Moments of a workflow's activities.
import { consumedBy } from '../history/consumed-by.ts'
import { nthSpan } from '../history/span.ts'
import { fieldIn, type HistoryEvent } from '../history/event.ts'
import type { HistoryMoment, ServerViewMoment } from './moment.ts'
import type { WorkflowRun } from '../history/workflow-run.ts'

/** The `nth` activity (from 1) was scheduled and is not completed. */
export function activityScheduled(run: WorkflowRun, nth = 1): HistoryMoment {
  return {
    source: 'history',
    name: `activity ${nth} of ${run.workflowId} to be scheduled`,
    run,
    lasting: true,
    find: (events) => nthSpan(events, 'activity', nth)?.opened,
  }
}

/** A worker executes the `nth` activity (from 1). */
export function activityStarted(run: WorkflowRun, nth = 1): ServerViewMoment {
  return {
    source: 'server-view',
    name: `activity ${nth} of ${run.workflowId} to be started`,
    run,
    lasting: true,
    scheduled: activityScheduled(run, nth),
    isSeen: (activity) => activity.isStarted,
  }
}

/** The `nth` activity (from 1) is completed on the server, whether or not workflow code knows. */
export function activityCompleted(run: WorkflowRun, nth = 1): HistoryMoment {
  return {
    source: 'history',
    name: `activity ${nth} of ${run.workflowId} to be completed`,
    run,
    lasting: false,
    find: (events) => completionOf(events, nth),
  }
}

/** The `nth` activity (from 1) is completed, and so is the workflow task in which workflow code saw that. */
export function activityConsumed(run: WorkflowRun, nth = 1): HistoryMoment {
  return {
    source: 'history',
    name: `activity ${nth} of ${run.workflowId} to be consumed`,
    run,
    lasting: false,
    find(events) {
      const completion = completionOf(events, nth)
      return completion === undefined ? undefined : consumedBy(completion, events)?.completed
    },
  }
}

/**
 * The details of the last heartbeat of the `nth` activity (from 1) *that reached the server* are an object whose fields
 * are all at least as given. The SDK holds heartbeats back for up to 0.8 x `heartbeatTimeout`.
 */
export function activityHeartbeat(
  run: WorkflowRun,
  atLeast: Readonly<Record<string, number>>,
  nth = 1,
): ServerViewMoment {
  const wanted = Object.entries(atLeast)
  return {
    source: 'server-view',
    run,
    lasting: true,
    scheduled: activityScheduled(run, nth),
    name: `activity ${nth} of ${run.workflowId} to heartbeat ${wanted.map(([key, value]) => `${key} ${value}`).join(', ')} or more`,
    isSeen: ({ isStarted, heartbeat }) =>
      isStarted &&
      wanted.every(([key, value]) => {
        const seen = fieldIn(heartbeat, key)
        return typeof seen === 'number' && seen >= value
      }),
  }
}

function completionOf(events: readonly HistoryEvent[], nth: number): HistoryEvent | undefined {
  const closed = nthSpan(events, 'activity', nth)?.closed
  return closed?.eventType === 'EVENT_TYPE_ACTIVITY_TASK_COMPLETED' ? closed : undefined
}
