// For scenarios that promise a smooth way out: no task of any workflow may have had to time out.
import { eventAttributes, eventName, fieldIn, type HistoryEvent } from '../history/event.ts'
import { finalHistory } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'
import { findings, type Check } from './check.ts'

const name = 'no-task-timeouts'

export const noTaskTimeouts: Check = {
  name,
  find(record) {
    const messages = entriesOf(record.timeline, 'workflow').flatMap(({ workflowId, runId }) =>
      finalHistory(record, runId)
        .filter((event) => isTimeout(event) || followsTimeout(event))
        .map(
          (event) =>
            `${workflowId}: ${eventName(event)} (event ${event.eventId}) tells of a task that timed out`,
        ),
    )
    return findings(name, 'liveness', messages)
  },
}

function isTimeout({ eventType }: HistoryEvent): boolean {
  return (
    eventType === 'EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT' || eventType === 'EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT'
  )
}

/** An activity's earlier attempts leave nothing but the last one's failure. */
function followsTimeout(event: HistoryEvent): boolean {
  return fieldIn(eventAttributes(event), 'lastFailure', 'timeoutFailureInfo') !== undefined
}
