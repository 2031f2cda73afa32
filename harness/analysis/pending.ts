// Names the things that an open workflow waits for, since "timeout" would tell a reader nothing.
import { formatDuration } from '../core/duration.ts'
import { eventName, isClosing, textAttribute, type HistoryEvent } from '../history/event.ts'
import { spansOf, type Span } from '../history/span.ts'
import { virtualClockOf, type VirtualClock } from '../history/virtual-time.ts'
import { durationAttributeMs } from '../history/duration-attribute.ts'

/**
 * The rest of the sentence "pending because …".
 * @param nowWallMs milliseconds since the epoch; the length of the wait is counted until then
 */
export function pendingBecause(events: readonly HistoryEvent[], nowWallMs: number): string {
  const last = events.at(-1)
  if (last === undefined) return 'none of its history has been seen'
  if (isClosing(last)) return `it is closed: it ended with ${eventName(last)}`
  const now: Now = { events, clock: virtualClockOf(events), wallMs: nowWallMs }
  const open = spansOf(events).filter(({ closed }) => closed === undefined)
  if (open.length === 0) return `it waits for something from outside; its last event ${describe(last, now)}`
  return open.map((span) => describeSpan(span, now)).join('; and ')
}

/** A history as seen at one instant of the wall clock. */
interface Now {
  readonly events: readonly HistoryEvent[]
  readonly clock: VirtualClock
  readonly wallMs: number
}

function describeSpan({ kind, opened }: Span, now: Now): string {
  const since = describe(opened, now)
  if (kind === 'timer') {
    return `timer ${textAttribute(opened, 'timerId') ?? ''} has not fired: ${since}, ${describeDue(opened, now)}`
  }
  if (kind === 'activity') {
    return `activity ${activityType(opened)} has not completed: ${since}`
  }
  if (kind === 'child-workflow') {
    return `child ${textAttribute(opened, 'workflowId') ?? ''} has not closed: ${since}`
  }
  const started = now.events.find(
    (event) =>
      event.eventType === 'EVENT_TYPE_WORKFLOW_TASK_STARTED' &&
      textAttribute(event, 'scheduledEventId') === opened.eventId,
  )
  if (started === undefined) return `no worker took its workflow task: ${since}`
  const worker = textAttribute(started, 'identity') ?? 'a worker'
  return `${worker} has not completed its workflow task: ${describe(started, now)}`
}

export function activityType(scheduled: HistoryEvent): string {
  return textAttribute(scheduled, 'activityType', 'name') ?? 'of unknown type'
}

function describe(event: HistoryEvent, { clock, wallMs }: Now): string {
  const seconds = Math.max(0, (wallMs - clock.wallMs(event)) / 1000)
  return `${eventName(event)} (event ${event.eventId}) was ${seconds.toFixed(1)} s ago`
}

/** Due by the workflow's own clock, which is ahead if the server skipped time. */
function describeDue(started: HistoryEvent, { clock, wallMs }: Now): string {
  const dueMs = clock.virtualMs(started) + durationAttributeMs(started, 'startToFireTimeout')
  const untilMs = dueMs - (wallMs + clock.aheadMs)
  return untilMs > 0 ? `due in ${formatDuration(untilMs)}` : `due ${formatDuration(-untilMs)} ago`
}
