// A workflow task that is open, or that fails again and again.
import { formatDuration } from '../core/duration.ts'
import { durationAttributeMs } from '../history/duration-attribute.ts'
import { attemptOf, textAttribute, type HistoryEvent } from '../history/event.ts'
import { describeFailedTask, isFailedTask } from '../history/failure.ts'
import { since, type Now } from './pending-now.ts'

export function pendingWorkflowTask(scheduled: HistoryEvent, now: Now): string {
  const started = now.events.find(
    (event) =>
      event.eventType === 'EVENT_TYPE_WORKFLOW_TASK_STARTED' &&
      textAttribute(event, 'scheduledEventId') === scheduled.eventId,
  )
  if (started === undefined) {
    const isSticky = textAttribute(scheduled, 'taskQueue', 'kind') === 'TASK_QUEUE_KIND_STICKY'
    const where = isSticky ? ', in the sticky queue of the worker that had the workflow last' : ''
    return `no worker took its workflow task: ${since(scheduled, now)}${where}`
  }
  const worker = textAttribute(started, 'identity') ?? 'a worker'
  return `${worker} has not completed its workflow task: ${since(started, now)}${describeTimeout(scheduled, started, now)}`
}

/** Empty if the history does not tell. */
function describeTimeout(scheduled: HistoryEvent, started: HistoryEvent, { clock, wallMs }: Now): string {
  const ms = durationAttributeMs(scheduled, 'startToCloseTimeout')
  if (ms === 0) return ''
  const leftMs = Math.max(0, clock.wallMs(started) + ms - wallMs)
  return `, its timeout of ${formatDuration(ms)} would end it in ${formatDuration(leftMs)}`
}

/** Undefined if the last workflow task did not fail, or one was completed after it. */
export function failingWorkflowTask(now: Now): string | undefined {
  const { events, pending } = now
  const failed = events.findLast(isFailedTask)
  const completed = events.findLast(({ eventType }) => eventType === 'EVENT_TYPE_WORKFLOW_TASK_COMPLETED')
  if (failed === undefined || Number(completed?.eventId ?? 0) > Number(failed.eventId)) return undefined
  const next = events.findLast(({ eventType }) => eventType === 'EVENT_TYPE_WORKFLOW_TASK_SCHEDULED')
  const attempt = pending?.workflowTask?.attempt ?? (next === undefined ? 1 : attemptOf(next))
  const often = attempt > 1 ? ` again and again, by now attempt ${attempt}` : ''
  return `its workflow task fails${often}: ${describeFailedTask(failed)}; ${since(failed, now)}`
}
