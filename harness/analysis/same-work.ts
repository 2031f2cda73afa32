// Whether two calls come from one piece of work that was lost and done again, or from code that asks twice. Who asked
// decides: the same command of the same workflow is the same work.
import { attemptOf, type HistoryEvent } from '../history/event.ts'
import { namesAttempt } from '../record/effect.ts'
import type { AlignedHistory } from './aligned-history.ts'
import type { EffectCall } from './effect-calls.ts'

/** Whether one command of one workflow run made both calls, in whatever attempts. False if one does not say who it is. */
export function isSameWork(one: EffectCall, other: EffectCall): boolean {
  if (!namesAttempt(one) || !namesAttempt(other)) return false
  if (one.runId !== other.runId || one.activityId !== other.activityId) return false
  const [a, b] = [one.activity, other.activity]
  return a.kind !== 'task' || b.kind !== 'task' || a.scheduledId === b.scheduledId
}

/**
 * Whether two calls of the same work come from one execution of its code, which then asked twice. The service numbers the
 * attempts of an activity task. A local activity starts at attempt 1 again with its workflow task, in another
 * incarnation, or in the same one after a workflow task that failed or timed out.
 */
export function isSameExecution(
  earlier: EffectCall,
  later: EffectCall,
  history: AlignedHistory | undefined,
): boolean {
  if (earlier.attempt !== later.attempt) return false
  if (later.activity.kind === 'task') return true
  // Without a history nobody knows whether the workflow task was done again.
  if (history === undefined || history.events.length === 0) return false
  if (earlier.by !== later.by) return false
  return !history.events.some(
    (event) => showsTaskDoneAgain(event) && isBetween(history.at(event), earlier, later),
  )
}

/** Of several failures in a row the server writes only the first; the next task's attempt tells of the others. */
function showsTaskDoneAgain(event: HistoryEvent): boolean {
  switch (event.eventType) {
    case 'EVENT_TYPE_WORKFLOW_TASK_FAILED':
    case 'EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT':
      return true
    case 'EVENT_TYPE_WORKFLOW_TASK_SCHEDULED':
      return attemptOf(event) > 1
    default:
      return false
  }
}

function isBetween(atMs: number, earlier: EffectCall, later: EffectCall): boolean {
  return atMs >= earlier.receivedAtMs && atMs <= later.receivedAtMs
}
