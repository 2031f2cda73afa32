// Workflow tasks that timed out: they waited in a dead worker's sticky queue, or a worker died with them.
import { durationAttributeMs } from '../../history/duration-attribute.ts'
import { linkedEvent, textAttribute, type HistoryEvent } from '../../history/event.ts'
import { formatDuration } from '../../core/duration.ts'
import type { RunRecord } from '../../record/record.ts'
import type { AlignedHistory } from '../aligned-history.ts'
import type { Outage } from '../outages.ts'
import { lasting, serverLateness, type Wait } from './wait.ts'

const timedOutType = 'EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT'

/**
 * A timeout lasts as long as its setting says. If the server ends it later, the rest is the server's lateness. A
 * service that is down can end none, so the wait begins once it serves again.
 */
export function workflowTaskTimeouts(
  history: AlignedHistory,
  { serviceableFromMs, isOfService }: Outage,
  stickyMs: number,
): Wait[] {
  const { events, at } = history
  return events.flatMap((event) => {
    const opened = openedBy(event, events)
    if (opened === undefined) return []
    const named = isSticky(event)
      ? { name: 'sticky schedule-to-start timeout', setting: 'stickyQueueScheduleToStartTimeout' }
      : { name: 'workflow task timeout', setting: 'workflowTaskTimeout' }
    const fromMs = Math.max(at(opened), isOfService ? serviceableFromMs : 0)
    const dueMs = at(opened) + (isSticky(event) ? stickyMs : taskTimeoutMs(event, events))
    const detail = `the timeout of event ${event.eventId} came ${formatDuration(at(event) - dueMs)} late`
    return [
      ...lasting({ ...named, fromMs, untilMs: Math.min(at(event), dueMs) }),
      ...lasting({
        name: serverLateness,
        setting: null,
        fromMs: Math.max(fromMs, dueMs),
        untilMs: at(event),
        detail,
      }),
    ]
  })
}

/**
 * The worker's sticky timeout, which no history shows: what the profile declares, unless every one of several
 * timeouts took much longer. Then the worker has a setting of its own. Infinity if it is not known.
 */
export function stickyTimeoutMs({ header }: RunRecord, histories: readonly AlignedHistory[]): number {
  const declaredMs = header.profile.worker.stickyQueueScheduleToStartTimeout
  if (declaredMs === undefined) return Infinity
  const seenMs = histories.flatMap((history) => stickyTimeoutsSeen(history).map(({ lastedMs }) => lastedMs))
  const leastMs = Math.min(...seenMs)
  return seenMs.length >= 3 && leastMs > declaredMs * 1.5 ? leastMs : declaredMs
}

/** How long workflow tasks waited in a worker's sticky queue that the server ended. */
export function stickyTimeoutsSeen({ events, at }: AlignedHistory): {
  readonly timedOut: HistoryEvent
  readonly lastedMs: number
}[] {
  return events.filter(isSticky).flatMap((timedOut) => {
    const opened = openedBy(timedOut, events)
    return opened === undefined ? [] : [{ timedOut, lastedMs: at(timedOut) - at(opened) }]
  })
}

function isSticky(event: HistoryEvent): boolean {
  return (
    event.eventType === timedOutType &&
    textAttribute(event, 'timeoutType') === 'TIMEOUT_TYPE_SCHEDULE_TO_START'
  )
}

function openedBy(event: HistoryEvent, events: readonly HistoryEvent[]): HistoryEvent | undefined {
  if (event.eventType !== timedOutType) return undefined
  return linkedEvent(event, isSticky(event) ? 'scheduledEventId' : 'startedEventId', events)
}

function taskTimeoutMs(event: HistoryEvent, events: readonly HistoryEvent[]): number {
  const scheduled = linkedEvent(event, 'scheduledEventId', events)
  return (scheduled && durationAttributeMs(scheduled, 'startToCloseTimeout')) || Infinity
}
