// Counts repeated attempts in a run's histories: the cost of timeouts that are too short.
import { attemptOf, type HistoryEvent } from '../history/event.ts'
import type { Retries } from '../result/retries.ts'
import type { RunAnalysis } from './analyse.ts'

const timedOut = 'EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT'
const scheduled = 'EVENT_TYPE_WORKFLOW_TASK_SCHEDULED'

/** Lower bounds: a timeout may leave no trace if something else happened at the same time. */
export function retriesOf({ histories }: RunAnalysis): Retries {
  const events = histories.map((history) => history.events)
  return {
    workflowTasksTimedOut: sumOf(events, timedOutTasks),
    activityAttempts: sumOf(events, repeatedActivities),
  }
}

/**
 * Workflow tasks that timed out, in a dead worker's sticky queue or with the worker that had taken them. Of
 * several timeouts in a row the server writes only the first; the attempt number of the next task reveals the
 * others.
 */
function timedOutTasks(events: readonly HistoryEvent[]): number {
  const turns = events.filter(({ eventType }) => eventType === timedOut || eventType === scheduled)
  return turns.reduce((count, event, index) => {
    if (event.eventType === timedOut) return count + 1
    const unwritten = turns[index - 1]?.eventType === timedOut ? attemptOf(event) - 2 : 0
    return count + Math.max(0, unwritten)
  }, 0)
}

/** An activity's started event has the number of its last attempt. */
function repeatedActivities(events: readonly HistoryEvent[]): number {
  return events
    .filter(({ eventType }) => eventType === 'EVENT_TYPE_ACTIVITY_TASK_STARTED')
    .reduce((count, event) => count + attemptOf(event) - 1, 0)
}

function sumOf(
  histories: readonly (readonly HistoryEvent[])[],
  count: (events: readonly HistoryEvent[]) => number,
): number {
  return histories.reduce((sum, events) => sum + count(events), 0)
}
