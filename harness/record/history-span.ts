// What in a history stays open for a while: a timer, an activity, a workflow task. One table serves
// moments ("while timer 1 runs") and recovery ("what was owed when the fault struck").
import { eventAttributes, eventNumber, type HistoryEvent } from './history-event.ts'

export type SpanKind = 'timer' | 'activity' | 'workflow-task'

interface SpanRule {
  readonly opens: string
  readonly closes: readonly string[]
  /** Attribute of a closing event that names the opening event's id. */
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
  /** Undefined while it is open. */
  readonly closed: HistoryEvent | undefined
}

/** Every timer, activity and workflow task of a history, in the order in which they were opened. */
export function spansOf(events: readonly HistoryEvent[]): Span[] {
  return events.flatMap((opened) => {
    const found = Object.entries(rules).find(([, rule]) => rule.opens === opened.eventType)
    if (found === undefined) return []
    const [kind, rule] = found
    const closed = events.find(
      (event) =>
        rule.closes.includes(event.eventType) && eventAttributes(event)[rule.link] === opened.eventId,
    )
    return [{ kind: kind as SpanKind, opened, closed }]
  })
}

/** The first event of a type after another, in the history's order. */
export function firstAfter(
  events: readonly HistoryEvent[],
  after: HistoryEvent,
  eventType: string,
): HistoryEvent | undefined {
  return events.find((event) => eventNumber(event) > eventNumber(after) && event.eventType === eventType)
}
