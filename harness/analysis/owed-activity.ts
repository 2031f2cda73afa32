// What an activity owes when a fault strikes. Its started event is written only at its end and tells of its last
// attempt; earlier attempts left nothing in the history but the last one's failure.
import { attemptOf, textAttribute } from '../history/event.ts'
import type { Span } from '../history/span.ts'
import { consumptionOf } from './consumption.ts'
import type { Outage } from './outage.ts'
import type { OpenObligation } from './owed.ts'
import { activityType } from './pending.ts'
import type { AlignedHistory } from './aligned-history.ts'

export function owedActivity(
  { opened, closed }: Span,
  history: AlignedHistory,
  outage: Outage,
): OpenObligation[] {
  const { at, events } = history
  if (closed?.eventType === 'EVENT_TYPE_ACTIVITY_TASK_CANCELED') return []
  const activityId = textAttribute(opened, 'activityId') ?? ''
  const subject = `activity ${activityId} ${activityType(opened)}`
  const running = outage.running.filter((one) => one.runId === history.runId && one.activityId === activityId)
  const lost = running.find(
    ({ faultIndex, startedMs }) => faultIndex === outage.faultIndex && startedMs <= outage.fromMs,
  )
  // Another strike came before its end: the attempt that this found had moved it after the first.
  const moved = running.find(({ startedMs }) => startedMs > outage.fromMs)
  const base = {
    kind: 'activity',
    subject,
    dueMs: Math.max(outage.fromMs, at(opened)),
    redoneMs: null,
  } as const
  if (closed === undefined) {
    return [
      {
        ...base,
        redispatchedMs: moved?.startedMs ?? null,
        readyMs: null,
        settledMs: null,
        settledBy: undefined,
      },
    ]
  }
  const readyMs = at(closed)
  const { settledMs, settledBy } = consumptionOf(closed, history)
  const outcome = { ...base, readyMs, settledMs, settledBy }
  if (closed.eventType === 'EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT') {
    // No living worker brought it to its end: all of it was waiting.
    return [{ ...outcome, redispatchedMs: moved?.startedMs ?? readyMs, timedOutIn: closed }]
  }
  const started = events.find(({ eventId }) => eventId === textAttribute(closed, 'startedEventId'))
  if (started === undefined) return [{ ...outcome, redispatchedMs: readyMs }]
  const wasHeld = at(started) < outage.fromMs && textAttribute(started, 'identity') === outage.fault.target
  // Held by the very worker that was struck: worked on all along where it ended before the outage did (a drain), else
  // it moved at the outage's end at the earliest.
  const heldMs = readyMs < outage.untilMs ? outage.fromMs : outage.untilMs
  const redispatchedMs = wasHeld ? heldMs : (moved?.startedMs ?? at(started))
  const doneMs = lost === undefined ? Infinity : outage.fromMs - (lost.heartbeatMs ?? lost.startedMs)
  const tookMs = moved === undefined ? readyMs - at(started) : Infinity
  const redoneMs = Math.max(0, Math.min(doneMs, tookMs))
  const isAgain = attemptOf(started) > 1 && Number.isFinite(redoneMs)
  return [{ ...outcome, redispatchedMs, redoneMs: isAgain ? redoneMs : null, timedOutIn: started }]
}
