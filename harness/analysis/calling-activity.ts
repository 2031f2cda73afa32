// The activity that a call to the ledger names, as the history of its workflow knows it.
import { attemptOf, eventAttributes, isClosing, textAttribute } from '../history/event.ts'
import { localActivitiesOf, type LocalActivities } from '../history/local-activity.ts'
import type { Span } from '../history/span.ts'
import { namesAttempt, type Effect, type NamedEffect } from '../record/effect.ts'
import type { AlignedHistory } from './aligned-history.ts'

/** An activity that the service hands out as a task. */
export interface ActivityTask {
  readonly kind: 'task'
  /** The id of the event that scheduled it: the identity of the command. */
  readonly scheduledId: string
  readonly type: string
  readonly scheduledMs: number
  /** Null while no attempt is over: then the history has no word about attempts. */
  readonly lastAttempt: {
    readonly number: number
    readonly startedMs: number
    readonly identity: string
  } | null
  /** Null while it is open. */
  readonly closed: { readonly isCompleted: boolean; readonly atMs: number } | null
}

export type CallingActivity =
  | ActivityTask
  /** It runs inside a workflow task, and starts at attempt 1 again if that is done again. */
  | { readonly kind: 'local' }
  /** There was no such activity. The reason is part of a sentence. */
  | { readonly kind: 'none'; readonly isRunKnown: boolean; readonly why: string }
  | { readonly kind: 'unknown'; readonly why: string }

interface Activities {
  readonly history: AlignedHistory
  readonly tasks: ReadonlyMap<string, readonly Span[]>
  readonly local: LocalActivities
}

/** Finds the activity of a call. A history is read once for all its calls. */
export function activityFinder(histories: readonly AlignedHistory[]): (call: Effect) => CallingActivity {
  const byRun = new Map(histories.map((history) => [history.runId, history]))
  const areAllRead = histories.every(({ events }) => events.length > 0)
  const read = new Map<string, Activities>()
  return (call) => {
    if (!namesAttempt(call)) return { kind: 'unknown', why: 'the call names no activity' }
    const history = byRun.get(call.runId)
    if (history === undefined) {
      const why = `no run ${call.runId} of ${call.workflowId} is known`
      return areAllRead ? { kind: 'none', isRunKnown: false, why } : { kind: 'unknown', why }
    }
    const { workflowId, events } = history
    if (events.length === 0) return { kind: 'unknown', why: `the history of ${workflowId} could not be read` }
    if (workflowId !== call.workflowId)
      return { kind: 'none', isRunKnown: true, why: `run ${call.runId} belongs to ${workflowId}` }
    const activities = read.get(call.runId) ?? activitiesOf(history)
    read.set(call.runId, activities)
    return activityIn(activities, call)
  }
}

function activitiesOf(history: AlignedHistory): Activities {
  const spans = history.spans.filter(({ kind }) => kind === 'activity')
  return {
    history,
    tasks: Map.groupBy(spans, ({ opened }) => textAttribute(opened, 'activityId') ?? ''),
    local: localActivitiesOf(history.events),
  }
}

function activityIn({ history, tasks, local }: Activities, call: NamedEffect): CallingActivity {
  const { activityId, workflowId, receivedAtMs } = call
  const spans = tasks.get(activityId) ?? []
  // An id may be used again once its activity is closed.
  const span = spans.findLast(({ opened }) => history.at(opened) <= receivedAtMs) ?? spans[0]
  if (span !== undefined) return taskOf(span, history)
  if (local.ids.has(activityId)) return { kind: 'local' }
  const why = `the history of ${workflowId} has no activity ${activityId}`
  // A local activity leaves nothing behind if its workflow task never completes.
  return local.hasUnreadable || !endedByItself(history)
    ? { kind: 'unknown', why }
    : { kind: 'none', isRunKnown: true, why }
}

function endedByItself({ events }: AlignedHistory): boolean {
  const closing = events.find(isClosing)?.eventType
  return (
    closing === 'EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED' ||
    closing === 'EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW'
  )
}

function taskOf({ opened, closed }: Span, { events, at }: AlignedHistory): ActivityTask {
  const started = events.find(
    (event) =>
      event.eventType === 'EVENT_TYPE_ACTIVITY_TASK_STARTED' &&
      eventAttributes(event)['scheduledEventId'] === opened.eventId,
  )
  return {
    kind: 'task',
    scheduledId: opened.eventId,
    type: textAttribute(opened, 'activityType', 'name') ?? 'unknown',
    scheduledMs: at(opened),
    lastAttempt:
      started === undefined
        ? null
        : {
            number: attemptOf(started),
            startedMs: at(started),
            identity: textAttribute(started, 'identity') ?? '',
          },
    closed:
      closed === undefined
        ? null
        : { isCompleted: closed.eventType === 'EVENT_TYPE_ACTIVITY_TASK_COMPLETED', atMs: at(closed) },
  }
}
