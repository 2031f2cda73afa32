// Names the cause of a wait: the longest reason that the record shows, with its setting and *observed* length.
// A wait without such a reason is `dispatch`, the time that server and worker themselves take.
import { eventAttributes, textAttribute, type HistoryEvent } from '../history/event.ts'
import type { RunRecord } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'
import type { Cause } from '../result/campaign-result.ts'
import { durationAttributeMs } from '../history/duration-attribute.ts'
import type { Outage } from './outages.ts'
import { takes } from './queue-reach.ts'
import { totalMs, waitIntervals, type OpenObligation, type WaitInterval } from './open-obligation.ts'
import type { AlignedHistory } from './aligned-history.ts'

interface Wait extends WaitInterval {
  readonly name: string
  readonly setting: string | null
}

/** Shorter waits get no cause: a few round trips and a database commit take as long. */
const negligibleMs = 100

const activityTimeouts: Readonly<Record<string, { name: string; setting: string }>> = {
  TIMEOUT_TYPE_HEARTBEAT: { name: 'heartbeat timeout', setting: 'heartbeatTimeout' },
  TIMEOUT_TYPE_START_TO_CLOSE: { name: 'start-to-close timeout', setting: 'startToCloseTimeout' },
  TIMEOUT_TYPE_SCHEDULE_TO_CLOSE: { name: 'schedule-to-close timeout', setting: 'scheduleToCloseTimeout' },
  TIMEOUT_TYPE_SCHEDULE_TO_START: { name: 'schedule-to-start timeout', setting: 'scheduleToStartTimeout' },
}

/** The cause of an obligation's wait; null if it hardly waited, or still waits. */
export function attributeWait(
  obligation: OpenObligation,
  outage: Outage,
  history: AlignedHistory,
  record: RunRecord,
): Cause | null {
  const intervals = waitIntervals(obligation, outage.serviceableFromMs)
  if (intervals === undefined) return null
  const waitedMs = totalMs(intervals)
  if (waitedMs < negligibleMs) return null
  const respawn = respawns(outage, record)
  const waits = [
    ...workflowTaskTimeouts(history, outage),
    ...activityTimeout(obligation, outage, respawn, history),
    ...respawn,
    ...pollBackoffs(outage, history, record),
  ]
  const shares = waits.map((wait) => ({
    ...wait,
    shareMs: intervals.reduce((sum, interval) => sum + overlapMs(wait, interval), 0),
  }))
  const longest = shares.toSorted((a, b) => b.shareMs - a.shareMs)[0]
  // Shares may overlap, so at least `restMs` has no explanation. A cause with a setting is preferred even if
  // it explains only half as much.
  const restMs = Math.max(0, waitedMs - shares.reduce((sum, { shareMs }) => sum + shareMs, 0))
  const enoughMs = Math.max(negligibleMs, longest?.setting === null ? restMs : restMs / 2)
  if (longest === undefined || longest.shareMs < enoughMs) {
    return { name: 'dispatch', setting: null, observedMs: restMs }
  }
  const { name, setting, fromMs, untilMs, shareMs } = longest
  // A cause with a setting shows its full length; any other cause shows how long the obligation waited for
  // it.
  return { name, setting, observedMs: setting === null ? shareMs : untilMs - fromMs }
}

function overlapMs(a: WaitInterval, b: WaitInterval): number {
  return Math.max(0, Math.min(a.untilMs, b.untilMs) - Math.max(a.fromMs, b.fromMs))
}

/**
 * Workflow tasks that timed out: they waited in a dead worker's sticky queue, or a worker died with them. A
 * timeout that was running when a service went down ends only once that serves again, so the outage is
 * subtracted.
 */
function workflowTaskTimeouts(
  { events, at }: AlignedHistory,
  { serviceableFromMs, isOfService }: Outage,
): Wait[] {
  const byId = (id: string | undefined) => events.find(({ eventId }) => eventId === id)
  return events.flatMap((event) => {
    if (event.eventType !== 'EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT') return []
    const isScheduleToStart = textAttribute(event, 'timeoutType') === 'TIMEOUT_TYPE_SCHEDULE_TO_START'
    const opened = byId(textAttribute(event, isScheduleToStart ? 'scheduledEventId' : 'startedEventId'))
    if (opened === undefined) return []
    const named = isScheduleToStart
      ? { name: 'sticky schedule-to-start timeout', setting: 'stickyQueueScheduleToStartTimeout' }
      : { name: 'workflow task timeout', setting: 'workflowTaskTimeout' }
    const fromMs = Math.max(at(opened), isOfService ? serviceableFromMs : 0)
    return [{ ...named, fromMs, untilMs: at(event) }]
  })
}

/**
 * The timeout that ended an activity, or its second-last attempt. History keeps only that failure and not the
 * attempt's start, so the timeout counts from the first instant at which the obligation could be met. If the
 * work was taken as soon as a worker was ready, the timeout had ended before: the work waited for the worker.
 * After the outage of a service, a wait beyond the timeout's own length has another cause.
 */
function activityTimeout(
  { timedOutIn, redispatchedMs }: OpenObligation,
  { serviceableFromMs: fromMs, isOfService }: Outage,
  respawn: readonly Wait[],
  { events }: AlignedHistory,
): Wait[] {
  const tookAtOnce = ({ untilMs }: Wait) => Math.abs((redispatchedMs ?? Infinity) - untilMs) < negligibleMs
  if (respawn.some(tookAtOnce)) return []
  const type = timedOutIn === undefined ? undefined : timeoutTypeOf(timedOutIn)
  const named = type === undefined ? undefined : activityTimeouts[type]
  if (timedOutIn === undefined || named === undefined || redispatchedMs === null) return []
  const scheduledId = textAttribute(timedOutIn, 'scheduledEventId')
  const scheduled = events.find(({ eventId }) => eventId === scheduledId)
  const lastsMs = (scheduled && durationAttributeMs(scheduled, named.setting)) || Infinity
  return [
    {
      ...named,
      fromMs,
      untilMs: isOfService ? Math.min(redispatchedMs, fromMs + lastsMs) : redispatchedMs,
    },
  ]
}

function timeoutTypeOf(event: HistoryEvent): string | undefined {
  const failure = eventAttributes(event).lastFailure === undefined ? 'failure' : 'lastFailure'
  return textAttribute(event, failure, 'timeoutFailureInfo', 'timeoutType')
}

/**
 * From the death of the fault's target until the worker's next incarnation polls; none if another one was
 * ready throughout.
 */
function respawns({ fault, fromMs, untilMs, hadStandby }: Outage, record: RunRecord): Wait[] {
  if (hadStandby) return []
  const died = entriesOf(record.timeline, 'exited').some(
    ({ identity, atMs }) => identity === fault.target.name && atMs >= fromMs,
  )
  return died && Number.isFinite(untilMs)
    ? [{ name: 'respawn of the worker', setting: null, fromMs, untilMs }]
    : []
}

/**
 * From the time when a server serves again until a worker that stayed up polls it. The SDK's core retries
 * after 200 ms, then doubles the delay each time, up to 10 s. No setting changes that.
 */
function pollBackoffs(
  { serviceableFromMs: fromMs }: Outage,
  { taskQueue }: AlignedHistory,
  { timeline }: RunRecord,
): Wait[] {
  const ready = entriesOf(timeline, 'incarnation').filter(({ phase }) => phase === 'ready')
  const again = entriesOf(timeline, 'polling').find(({ atMs, identity }) => {
    const polled = ready.find((entry) => entry.identity === identity)?.taskQueues ?? null
    return atMs >= fromMs && takes(polled, 'workflow', taskQueue)
  })
  return again === undefined
    ? []
    : [{ name: 'poll backoff of the worker', setting: null, fromMs, untilMs: again.atMs }]
}
