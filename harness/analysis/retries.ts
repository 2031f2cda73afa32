// What was tried in vain and done again in a run, counted in its histories: the price of timeouts that are too short.
import { attemptOf, type HistoryEvent } from '../history/event.ts'
import type { Retries } from '../result/campaign-result.ts'
import type { RunAnalysis } from './analyse.ts'

const timedOut = 'EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT'
const scheduled = 'EVENT_TYPE_WORKFLOW_TASK_SCHEDULED'

/** At least so many: a timeout that something else happened beside may leave no trace. */
export function retriesOf({ histories }: RunAnalysis): Retries {
  const events = histories.map((history) => history.events)
  return {
    workflowTasksTimedOut: sumOf(events, timedOutTasks),
    activityAttempts: sumOf(events, repeatedActivities),
  }
}

/**
 * Workflow tasks that timed out, in a dead worker's sticky queue or with the worker that had taken them. Of those that
 * time out one after the other, the server writes the first only; the one after them bears the number of its attempt.
 */
function timedOutTasks(events: readonly HistoryEvent[]): number {
  const turns = events.filter(({ eventType }) => eventType === timedOut || eventType === scheduled)
  return turns.reduce((count, event, index) => {
    if (event.eventType === timedOut) return count + 1
    const unwritten = turns[index - 1]?.eventType === timedOut ? attemptOf(event) - 2 : 0
    return count + Math.max(0, unwritten)
  }, 0)
}

/** An activity's started event is written at its end and has the number of its last attempt. */
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
