// One event of a workflow's history as the harness stores it: Temporal's own proto3 JSON, one object an event,
// the same text that the Temporal UI and CLI export, so that a stored history can be read by other tools.
import { z } from 'zod'

export const historyEventSchema = z.looseObject({
  /** int64 as a string, as proto3 JSON writes it. */
  eventId: z.string().regex(/^\d+$/),
  eventTime: z.iso.datetime({ offset: true }),
  /** `EVENT_TYPE_...` */
  eventType: z.string(),
  /** Absent (0) on transient workflow task events, which are never stored by the server. */
  taskId: z.string().optional(),
})

export type HistoryEvent = z.infer<typeof historyEventSchema>

export function eventNumber(event: HistoryEvent): number {
  return Number(event.eventId)
}

/**
 * The server's timestamp of the event, in milliseconds since the epoch with fractions. It is the wall clock's, but
 * where the server has skipped time of the workflow (see virtual-time.ts).
 */
export function eventTimeMs(event: HistoryEvent): number {
  return timestampMs(event.eventTime)
}

/** A timestamp as proto3 JSON writes it, with up to nine decimals: milliseconds since the epoch with fractions. */
export function timestampMs(timestamp: string): number {
  const [seconds, fraction = '0Z'] = timestamp.split('.')
  return Date.parse(`${seconds?.replace(/Z$/, '') ?? ''}Z`) + Number(`0.${fraction.replace(/Z$/, '')}`) * 1000
}

/** `EVENT_TYPE_TIMER_STARTED` as `TimerStarted`, as Temporal's documentation names it. */
export function eventName(event: HistoryEvent): string {
  return event.eventType
    .replace(/^EVENT_TYPE_/, '')
    .toLowerCase()
    .replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

/** The attributes of an event, whatever its type: `{}` where it has none. */
export function eventAttributes(event: HistoryEvent): Record<string, unknown> {
  const key = Object.keys(event).find((name) => name.endsWith('EventAttributes'))
  const attributes = key === undefined ? undefined : event[key]
  // Asked for every event of long histories, again and again: what JSON calls an object is all there is to check.
  return isObject(attributes) ? attributes : {}
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A text attribute, or a text within one; undefined where it is absent. */
export function textAttribute(event: HistoryEvent, ...path: readonly string[]): string | undefined {
  const value = fieldIn(eventAttributes(event), ...path)
  return typeof value === 'string' ? value : undefined
}

/** What lies at the end of a path of fields; undefined where the path breaks off. */
export function fieldIn(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  )
}

/** The number of a task's attempt, from 1: an activity's started event tells of its last one. */
export function attemptOf(event: HistoryEvent): number {
  return Number(eventAttributes(event).attempt ?? 1)
}

/** Stored by the server; transient workflow task events at a history's end carry no task id and are not. */
export function isDurable(event: HistoryEvent): boolean {
  return event.taskId !== undefined && event.taskId !== '0'
}

const closingTypes = new Set(
  ['COMPLETED', 'FAILED', 'TIMED_OUT', 'CANCELED', 'TERMINATED', 'CONTINUED_AS_NEW'].map(
    (end) => `EVENT_TYPE_WORKFLOW_EXECUTION_${end}`,
  ),
)

/** The last event of a run of a workflow. */
export function isClosing(event: HistoryEvent): boolean {
  return closingTypes.has(event.eventType)
}
