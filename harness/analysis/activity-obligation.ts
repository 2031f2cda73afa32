// The obligation of an activity during a fault. The server writes its started event only at the end, with its
// last attempt. History shows earlier attempts only by the last one's failure.
import { attemptOf, linkedEvent, textAttribute, type HistoryEvent } from '../history/event.ts'
import { failureOf } from '../history/failure.ts'
import type { Span } from '../history/span.ts'
import { consumptionOf, type AlignedHistory } from './aligned-history.ts'
import type { ActivityAttempts, OpenObligation } from './open-obligation.ts'
import { runningAttempts, type Outage, type RunningActivity } from './outages.ts'
import { activityType } from './pending-activity.ts'

export function activityObligation(
  { opened, closed }: Span,
  history: AlignedHistory,
  outage: Outage,
): OpenObligation[] {
  const { at, events } = history
  if (closed?.eventType === 'EVENT_TYPE_ACTIVITY_TASK_CANCELED') return []
  const activityId = textAttribute(opened, 'activityId') ?? ''
  const running = runningAttempts(outage, { runId: history.runId, activityId })
  const lost = running.find(
    ({ faultIndex, startedMs }) => faultIndex === outage.faultIndex && startedMs <= outage.fromMs,
  )
  // A later fault found an attempt that had begun after this one, so the work had been taken up again by
  // then.
  const moved = running.find(({ startedMs }) => startedMs > outage.fromMs)
  const base = {
    kind: 'activity',
    subject: `activity ${activityId} ${activityType(opened)}`,
    dueMs: Math.max(outage.fromMs, at(opened)),
    redoneMs: null,
    scheduled: opened,
  } as const
  if (closed === undefined) {
    const redispatchedMs = moved?.startedMs ?? null
    return [{ ...base, redispatchedMs, readyMs: null, settledMs: null, settledBy: undefined }]
  }
  const readyMs = at(closed)
  const { settledMs, settledBy } = consumptionOf(closed, history)
  const outcome = { ...base, readyMs, settledMs, settledBy }
  const started = linkedEvent(closed, 'startedEventId', events)
  const attempts = attemptsOf({ opened, closed, started, lost, moved }, history)
  if (closed.eventType === 'EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT') {
    // No living worker completed it, so all of the time was waiting.
    return [{ ...outcome, redispatchedMs: moved?.startedMs ?? readyMs, attempts }]
  }
  if (started === undefined) return [{ ...outcome, redispatchedMs: readyMs }]
  const holder = textAttribute(started, 'identity') ?? ''
  const isOfTarget = outage.identities.includes(holder) && at(started) >= outage.targetSinceMs
  const wasHeld = at(started) < outage.fromMs && isOfTarget
  // The faulted worker itself held it. If it ended before the outage did, the worker was draining and never
  // waited; otherwise the work was taken up again when the outage ended, at the earliest.
  const heldMs = readyMs < outage.untilMs ? outage.fromMs : outage.untilMs
  const redispatchedMs = wasHeld ? heldMs : (moved?.startedMs ?? at(started))
  const doneMs = lost === undefined ? Infinity : outage.fromMs - (lost.heartbeatMs ?? lost.startedMs)
  const tookMs = moved === undefined ? readyMs - at(started) : Infinity
  const redoneMs = Math.max(0, Math.min(doneMs, tookMs))
  const isAgain = attemptOf(started) > 1 && Number.isFinite(redoneMs)
  return [
    {
      ...outcome,
      redispatchedMs,
      redoneMs: isAgain ? redoneMs : null,
      ...(wasHeld ? {} : { attempts }),
    },
  ]
}

interface EndedActivity {
  readonly opened: HistoryEvent
  readonly closed: HistoryEvent
  /** Of its last attempt. */
  readonly started: HistoryEvent | undefined
  readonly lost: RunningActivity | undefined
  /** The attempt by which a later fault found that the work had been taken up again. */
  readonly moved: RunningActivity | undefined
}

function attemptsOf(
  { opened: scheduled, closed, started, lost, moved }: EndedActivity,
  { at }: AlignedHistory,
): ActivityAttempts {
  const attempt = started === undefined ? 1 : attemptOf(started)
  const last = { scheduled, lost, identity: undefined, came: true, attempt }
  if (moved !== undefined) {
    return { ...last, attempt: moved.attempt, takenMs: moved.startedMs, failure: undefined }
  }
  const failure = failureOf(closed.eventType === timedOut || started === undefined ? closed : started)
  if (closed.eventType !== timedOut) {
    const identity = started && textAttribute(started, 'identity')
    return { ...last, identity, takenMs: at(started ?? closed), failure, ...(started && { started }) }
  }
  const begun = { faultIndex: 0, runId: '', activityId: '', attempt, heartbeatMs: null }
  return {
    ...last,
    attempt: attempt + 1,
    came: false,
    takenMs: at(closed),
    failure,
    lost: lost ?? { ...begun, startedMs: at(started ?? scheduled) },
  }
}

const timedOut = 'EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT'
