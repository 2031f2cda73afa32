// The parts of a history that stay open for a while: timers, activities, children, workflow tasks. One table
// serves moments ("while timer 1 runs") and recovery ("work that was open when the fault struck").
import { eventAttributes, type HistoryEvent } from './event.ts'

export type SpanKind = 'timer' | 'activity' | 'child-workflow' | 'workflow-task'

interface SpanRule {
  readonly opens: string
  readonly closes: readonly string[]
  /** The attribute of a closing event that names the opening event's id. */
  readonly link: string
}

const rules: Readonly<Record<SpanKind, SpanRule>> = {
  timer: {
    opens: 'EVENT_TYPE_TIMER_STARTED',
    closes: ['EVENT_TYPE_TIMER_FIRED', 'EVENT_TYPE_TIMER_CANCELED'],
    link: 'startedEventId',
  },
  activity: {
    opens: 'EVENT_TYPE_ACTIVITY_TASK_SCHEDULED',
    closes: [
      'EVENT_TYPE_ACTIVITY_TASK_COMPLETED',
      'EVENT_TYPE_ACTIVITY_TASK_FAILED',
      'EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT',
      'EVENT_TYPE_ACTIVITY_TASK_CANCELED',
    ],
    link: 'scheduledEventId',
  },
  'child-workflow': {
    opens: 'EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED',
    closes: [
      'EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_FAILED',
      'EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_COMPLETED',
      'EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_FAILED',
      'EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_TIMED_OUT',
      'EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_CANCELED',
      'EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_TERMINATED',
    ],
    link: 'initiatedEventId',
  },
  'workflow-task': {
    opens: 'EVENT_TYPE_WORKFLOW_TASK_SCHEDULED',
    closes: [
      'EVENT_TYPE_WORKFLOW_TASK_COMPLETED',
      'EVENT_TYPE_WORKFLOW_TASK_FAILED',
      'EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT',
    ],
    link: 'scheduledEventId',
  },
}

export interface Span {
  readonly kind: SpanKind
  readonly opened: HistoryEvent
  /** Undefined while the span is open. */
  readonly closed: HistoryEvent | undefined
}

const kinds = Object.entries(rules) as readonly (readonly [SpanKind, SpanRule])[]
const openedBy = new Map(kinds.map(([kind, { opens }]) => [opens, kind]))
const closedBy = new Map(kinds.flatMap(([kind, { closes }]) => closes.map((type) => [type, kind] as const)))

/** Every timer, activity, child and workflow task of a history, in the order in which they were opened. */
export function spansOf(events: readonly HistoryEvent[]): Span[] {
  const closings = closingsOf(events)
  return events.flatMap((opened) => {
    const kind = openedBy.get(opened.eventType)
    return kind === undefined ? [] : [{ kind, opened, closed: closings[kind].get(opened.eventId) }]
  })
}

/**
 * The `nth` timer, activity, child or workflow task (from 1); undefined if there is none yet. Moments ask this for
 * each event that arrives, so attributes are read only of the events that may end this one span.
 */
export function nthSpan(events: readonly HistoryEvent[], kind: SpanKind, nth = 1): Span | undefined {
  const { opens } = rules[kind]
  let seen = 0
  const at = events.findIndex(({ eventType }) => eventType === opens && ++seen === nth)
  const opened = events[at]
  if (opened === undefined) return undefined
  return { kind, opened, closed: closingEvent(opened, events.slice(at + 1)) }
}

/** The first of these events that closes what the other one opened; undefined while it is open. */
export function closingEvent(
  opened: HistoryEvent,
  events: readonly HistoryEvent[],
): HistoryEvent | undefined {
  const kind = openedBy.get(opened.eventType)
  if (kind === undefined) return undefined
  const { closes, link } = rules[kind]
  return events.find(
    (event) => closes.includes(event.eventType) && eventAttributes(event)[link] === opened.eventId,
  )
}

/** The first event that closes each span, by the id of the event that opened it. */
function closingsOf(
  events: readonly HistoryEvent[],
): Readonly<Record<SpanKind, ReadonlyMap<unknown, HistoryEvent>>> {
  const closings = {
    timer: new Map<unknown, HistoryEvent>(),
    activity: new Map<unknown, HistoryEvent>(),
    'child-workflow': new Map<unknown, HistoryEvent>(),
    'workflow-task': new Map<unknown, HistoryEvent>(),
  }
  for (const event of events) {
    const kind = closedBy.get(event.eventType)
    if (kind === undefined) continue
    const openedId = eventAttributes(event)[rules[kind].link]
    if (!closings[kind].has(openedId)) closings[kind].set(openedId, event)
  }
  return closings
}
