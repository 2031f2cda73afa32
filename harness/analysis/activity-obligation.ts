// The obligation of an activity during a fault. The server writes its started event only at the end, with its
// last attempt. History shows earlier attempts only by the last one's failure.
import { attemptOf, textAttribute } from '../history/event.ts'
import type { Span } from '../history/span.ts'
import { consumptionOf, type AlignedHistory } from './aligned-history.ts'
import type { OpenObligation } from './open-obligation.ts'
import type { Outage } from './outages.ts'
import { activityType } from './pending.ts'

export function activityObligation(
  { opened, closed }: Span,
  history: AlignedHistory,
  outage: Outage,
): OpenObligation[] {
  const { at, events } = history
  if (closed?.eventType === 'EVENT_TYPE_ACTIVITY_TASK_CANCELED') return []
  const activityId = textAttribute(opened, 'activityId') ?? ''
  const running = outage.running.filter((one) => one.runId === history.runId && one.activityId === activityId)
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
  } as const
  if (closed === undefined) {
    const redispatchedMs = moved?.startedMs ?? null
    return [{ ...base, redispatchedMs, readyMs: null, settledMs: null, settledBy: undefined }]
  }
  const readyMs = at(closed)
  const { settledMs, settledBy } = consumptionOf(closed, history)
  const outcome = { ...base, readyMs, settledMs, settledBy }
  if (closed.eventType === 'EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT') {
    // No living worker completed it, so all of the time was waiting.
    return [{ ...outcome, redispatchedMs: moved?.startedMs ?? readyMs, timedOutIn: closed }]
  }
  const started = events.find(({ eventId }) => eventId === textAttribute(closed, 'startedEventId'))
  if (started === undefined) return [{ ...outcome, redispatchedMs: readyMs }]
  const holder = textAttribute(started, 'identity') ?? ''
  const wasHeld = at(started) < outage.fromMs && outage.identities.includes(holder)
  // The faulted worker itself held it. If it ended before the outage did, the worker was draining and never
  // waited; otherwise the work was taken up again when the outage ended, at the earliest.
  const heldMs = readyMs < outage.untilMs ? outage.fromMs : outage.untilMs
  const redispatchedMs = wasHeld ? heldMs : (moved?.startedMs ?? at(started))
  const doneMs = lost === undefined ? Infinity : outage.fromMs - (lost.heartbeatMs ?? lost.startedMs)
  const tookMs = moved === undefined ? readyMs - at(started) : Infinity
  const redoneMs = Math.max(0, Math.min(doneMs, tookMs))
  const isAgain = attemptOf(started) > 1 && Number.isFinite(redoneMs)
  return [{ ...outcome, redispatchedMs, redoneMs: isAgain ? redoneMs : null, timedOutIn: started }]
}
