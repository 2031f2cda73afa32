// Workflow tasks that failed: from the first try until the start of the one that succeeded. Of several failures in
// a row the server writes only the first; the number of the next attempt shows how many there were.
import { attemptOf, linkedEvent } from '../../history/event.ts'
import { describeFailedTask, isFailedTask } from '../../history/failure.ts'
import type { AlignedHistory } from '../aligned-history.ts'
import { lasting, type Wait } from './wait.ts'

export function failedWorkflowTasks({ events, at, spans }: AlignedHistory): Wait[] {
  const succeeded = spans.filter(
    ({ kind, closed }) =>
      kind === 'workflow-task' && closed?.eventType === 'EVENT_TYPE_WORKFLOW_TASK_COMPLETED',
  )
  return events.filter(isFailedTask).flatMap((failed) => {
    const begun = linkedEvent(failed, 'startedEventId', events) ?? failed
    const next = succeeded.find(({ opened }) => Number(opened.eventId) > Number(failed.eventId))
    const started = next?.closed && linkedEvent(next.closed, 'startedEventId', events)
    const tries = next === undefined ? '' : `; attempt ${attemptOf(next.opened)} succeeded`
    return lasting({
      name: 'failed workflow task',
      setting: null,
      fromMs: at(begun),
      untilMs: started === undefined ? Infinity : at(started),
      detail: `${describeFailedTask(failed)} in event ${failed.eventId}${tries}`,
    })
  })
}
