// For scenarios that promise a smooth handover: no task of any workflow may time out.
import { eventAttributes, eventName, fieldIn, linkedEvent, type HistoryEvent } from '../history/event.ts'
import { checkedIf, late, type Check } from './check.ts'

export const noTaskTimeouts: Check = {
  name: 'no-task-timeouts',
  promise: 'No workflow task and no activity timed out.',
  judge({ histories }) {
    const read = histories.filter(({ events }) => events.length > 0)
    const found = read.flatMap(({ workflowId, events, at }) =>
      events
        .filter((event) => isTimeout(event) || followsTimeout(event))
        .map((event) => {
          const message = `${workflowId}: ${eventName(event)} (event ${event.eventId}) shows a task that timed out`
          const scheduled = linkedEvent(event, 'scheduledEventId', events)
          if (scheduled === undefined) return { kind: 'liveness', message } as const
          return late(message, { fromMs: at(scheduled), untilMs: at(event) })
        }),
    )
    return checkedIf(read, found, 'no history could be read')
  },
}

function isTimeout({ eventType }: HistoryEvent): boolean {
  return (
    eventType === 'EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT' || eventType === 'EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT'
  )
}

/** An activity's earlier attempts leave only the last one's failure in the history. */
function followsTimeout(event: HistoryEvent): boolean {
  return fieldIn(eventAttributes(event), 'lastFailure', 'timeoutFailureInfo') !== undefined
}
