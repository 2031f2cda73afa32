// For scenarios that promise a smooth handover: no task of any workflow may time out.
import { eventAttributes, eventName, fieldIn, type HistoryEvent } from '../history/event.ts'
import { checkedIf, findings, type Check } from './check.ts'

export const noTaskTimeouts: Check = {
  name: 'no-task-timeouts',
  promise: 'No workflow task and no activity timed out.',
  judge({ histories }) {
    const read = histories.filter(({ events }) => events.length > 0)
    const messages = read.flatMap(({ workflowId, events }) =>
      events
        .filter((event) => isTimeout(event) || followsTimeout(event))
        .map(
          (event) =>
            `${workflowId}: ${eventName(event)} (event ${event.eventId}) shows a task that timed out`,
        ),
    )
    return checkedIf(read, findings('liveness', messages), 'no history could be read')
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
