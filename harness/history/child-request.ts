// Children that a run asked for. The request is stored at once; the start follows, and its own event with it.
import { textAttribute, type HistoryEvent } from './event.ts'

export interface ChildRequest {
  readonly event: HistoryEvent
  readonly workflowId: string
  /** The child's type. */
  readonly workflow: string
  /** The child's namespace; undefined if the event does not name one. */
  readonly namespace: string | undefined
  /** Whether the history says what became of the request: the child started, or its start was refused. */
  readonly isAnswered: boolean
}

const requested = 'EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED'
const answers = new Set([
  'EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_STARTED',
  'EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_FAILED',
])

export function childRequestsOf(events: readonly HistoryEvent[]): ChildRequest[] {
  const answered = new Set(
    events
      .filter(({ eventType }) => answers.has(eventType))
      .map((event) => textAttribute(event, 'initiatedEventId')),
  )
  return events
    .filter(({ eventType }) => eventType === requested)
    .map((event) => ({
      event,
      workflowId: textAttribute(event, 'workflowId') ?? '',
      workflow: textAttribute(event, 'workflowType', 'name') ?? '',
      namespace: textAttribute(event, 'namespace'),
      isAnswered: answered.has(event.eventId),
    }))
}
