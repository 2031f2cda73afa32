// Names the things that an open workflow waits for, since "timeout" would tell a reader nothing.
import { eventName, isClosing, textAttribute, type HistoryEvent } from '../history/event.ts'
import type { PendingWork } from '../history/pending-work.ts'
import { spansOf, type Span } from '../history/span.ts'
import { virtualClockOf } from '../history/virtual-time.ts'
import { formatDuration } from '../core/duration.ts'
import { durationAttributeMs } from '../history/duration-attribute.ts'
import { pendingActivity } from './pending-activity.ts'
import { since, type Now } from './pending-now.ts'
import { failingWorkflowTask, pendingWorkflowTask } from './pending-workflow-task.ts'

/**
 * The rest of the sentence "pending because …".
 * @param nowWallMs milliseconds since the epoch; the length of the wait is counted until then
 * @param pending what the server counts as pending; without it attempts are told only as far as history goes
 */
export function pendingBecause(
  events: readonly HistoryEvent[],
  nowWallMs: number,
  pending?: PendingWork,
): string {
  const last = events.at(-1)
  if (last === undefined) return 'none of its history has been seen'
  if (isClosing(last)) return `it is closed: it ended with ${eventName(last)}`
  const now: Now = { events, clock: virtualClockOf(events), wallMs: nowWallMs, pending }
  const failing = failingWorkflowTask(now)
  const open = spansOf(events).filter(({ closed }) => closed === undefined)
  // A task that fails stays open, or the next try of it does.
  const others = failing === undefined ? open : open.filter(({ kind }) => kind !== 'workflow-task')
  const reasons = [
    ...(failing === undefined ? [] : [failing]),
    ...others.map((span) => describeSpan(span, now)),
  ]
  if (reasons.length === 0) return `it waits for something from outside; its last event ${since(last, now)}`
  return reasons.join('; and ')
}

function describeSpan({ kind, opened }: Span, now: Now): string {
  if (kind === 'activity') return pendingActivity(opened, now)
  if (kind === 'workflow-task') return pendingWorkflowTask(opened, now)
  const ago = since(opened, now)
  if (kind === 'child-workflow') {
    return `child ${textAttribute(opened, 'workflowId') ?? ''} has not closed: ${ago}`
  }
  return `timer ${textAttribute(opened, 'timerId') ?? ''} has not fired: ${ago}, ${describeDue(opened, now)}`
}

/** Due by the workflow's own clock, which is ahead if the server skipped time. */
function describeDue(started: HistoryEvent, { clock, wallMs }: Now): string {
  const dueMs = clock.virtualMs(started) + durationAttributeMs(started, 'startToFireTimeout')
  const untilMs = dueMs - (wallMs + clock.aheadMs)
  return untilMs > 0 ? `due in ${formatDuration(untilMs)}` : `due ${formatDuration(-untilMs)} ago`
}
