// Names what an open workflow waits for. "Timeout" tells a reader nothing; this does.
import {
  eventName,
  eventWallMs,
  isClosing,
  textAttribute,
  eventAttributes,
  type HistoryEvent,
} from '../record/history-event.ts'
import { spansOf, type Span } from '../record/history-span.ts'

/**
 * The rest of the sentence "pending because …".
 * @param nowWallMs the wall clock's milliseconds since the epoch, for how long it has been so
 */
export function pendingBecause(events: readonly HistoryEvent[], nowWallMs: number): string {
  const last = events.at(-1)
  if (last === undefined) return 'nothing of its history was seen yet'
  if (isClosing(last)) return `it is not: it ended with ${eventName(last)}`
  const open = spansOf(events).filter(({ closed }) => closed === undefined)
  if (open.length === 0) return `it waits for something from outside since ${describe(last, nowWallMs)}`
  return open.map((span) => describeSpan(span, events, nowWallMs)).join('; and ')
}

function describeSpan({ kind, opened }: Span, events: readonly HistoryEvent[], nowWallMs: number): string {
  const since = describe(opened, nowWallMs)
  if (kind === 'timer') return `timer ${textAttribute(opened, 'timerId') ?? ''} has not fired: ${since}`
  if (kind === 'activity') {
    return `activity ${activityType(opened)} has not completed: ${since}`
  }
  const started = events.find(
    (event) =>
      event.eventType === 'EVENT_TYPE_WORKFLOW_TASK_STARTED' &&
      textAttribute(event, 'scheduledEventId') === opened.eventId,
  )
  if (started === undefined) return `no worker took its workflow task: ${since}`
  const worker = textAttribute(started, 'identity') ?? 'a worker'
  return `${worker} has not completed its workflow task: ${describe(started, nowWallMs)}`
}

/** The type of an activity, from its scheduled event. */
export function activityType(scheduled: HistoryEvent): string {
  const type = eventAttributes(scheduled).activityType
  const name = typeof type === 'object' && type !== null && 'name' in type ? type.name : undefined
  return typeof name === 'string' ? name : 'of unknown type'
}

function describe(event: HistoryEvent, nowWallMs: number): string {
  const seconds = Math.max(0, (nowWallMs - eventWallMs(event)) / 1000)
  return `${eventName(event)} (event ${event.eventId}) was ${seconds.toFixed(1)} s ago`
}
