// An event of a workflow's history, stored as Temporal's own proto3 JSON, one object a line. The Temporal UI
// and CLI export the same text, so other tools can read a stored history.
import { z } from 'zod'

export const historyEventSchema = z.looseObject({
  /** An int64 as a string, as proto3 JSON writes it. */
  eventId: z.string().regex(/^\d+$/),
  eventTime: z.iso.datetime({ offset: true }),
  /** `EVENT_TYPE_...` */
  eventType: z.string(),
  /** Absent (0) on transient workflow task events, which the server never stores. */
  taskId: z.string().optional(),
})

export type HistoryEvent = z.infer<typeof historyEventSchema>

export function eventNumber(event: HistoryEvent): number {
  return Number(event.eventId)
}

/**
 * The server's timestamp of the event, in milliseconds since the epoch with fractions. It is the wall clock's
 * time, unless the server skipped time for this workflow (see virtual-time.ts).
 */
export function eventTimeMs(event: HistoryEvent): number {
  return timestampMs(event.eventTime)
}

/**
 * Milliseconds since the epoch, with fractions, of a proto3 JSON timestamp, which has up to nine decimals.
 */
export function timestampMs(timestamp: string): number {
  const fraction = /\.\d+/.exec(timestamp)?.[0] ?? '.0'
  // `Date` keeps whole milliseconds only. Without a zone it would read local time.
  const whole = timestamp.replace(/\.\d+/, '')
  return Date.parse(/Z$|[+-]\d\d:?\d\d$/i.test(whole) ? whole : `${whole}Z`) + Number(`0${fraction}`) * 1000
}

/** `EVENT_TYPE_TIMER_STARTED` as `TimerStarted`, as Temporal's documentation names it. */
export function eventName(event: HistoryEvent): string {
  return event.eventType
    .replace(/^EVENT_TYPE_/, '')
    .toLowerCase()
    .replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

/** The attributes of an event of any type; `{}` if it has none. */
export function eventAttributes(event: HistoryEvent): Record<string, unknown> {
  const key = Object.keys(event).find((name) => name.endsWith('EventAttributes'))
  const attributes = key === undefined ? undefined : event[key]
  // Long histories ask this for every event many times, so only the cheapest check is made.
  return isObject(attributes) ? attributes : {}
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A text attribute, or a text within one; undefined if it is absent. */
export function textAttribute(event: HistoryEvent, ...path: readonly string[]): string | undefined {
  const value = fieldIn(eventAttributes(event), ...path)
  return typeof value === 'string' ? value : undefined
}

/** The event whose id stands in an attribute of this one; undefined if there is none. */
export function linkedEvent(
  event: HistoryEvent,
  attribute: 'scheduledEventId' | 'startedEventId',
  events: readonly HistoryEvent[],
): HistoryEvent | undefined {
  const id = textAttribute(event, attribute)
  return id === undefined ? undefined : events.find(({ eventId }) => eventId === id)
}

/** The value at the end of a path of fields; undefined if the path breaks off. */
export function fieldIn(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  )
}

/**
 * The number of a task's attempt, from 1. An activity's started event carries the number of its last attempt.
 */
export function attemptOf(event: HistoryEvent): number {
  return Number(eventAttributes(event).attempt ?? 1)
}

/** Whether the server stores the event. Transient workflow task events at a history's end have no task id. */
export function isDurable(event: HistoryEvent): boolean {
  return event.taskId !== undefined && event.taskId !== '0'
}

const closingTypes = new Set(
  ['COMPLETED', 'FAILED', 'TIMED_OUT', 'CANCELED', 'TERMINATED', 'CONTINUED_AS_NEW'].map(
    (end) => `EVENT_TYPE_WORKFLOW_EXECUTION_${end}`,
  ),
)

const codeClosings = new Set(
  ['COMPLETED', 'FAILED', 'CANCELED', 'CONTINUED_AS_NEW'].map(
    (end) => `EVENT_TYPE_WORKFLOW_EXECUTION_${end}`,
  ),
)

/** The last event of a run of a workflow. */
export function isClosing(event: HistoryEvent): boolean {
  return closingTypes.has(event.eventType)
}

/** Whether workflow code itself closed the run, and not somebody outside of it or a timeout. */
export function closedByCode({ eventType }: HistoryEvent): boolean {
  return codeClosings.has(eventType)
}
