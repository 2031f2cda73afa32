// Attributes a wait to what it was for: the longest of the reasons that history and timeline show for it, each with
// the setting that decides it and the time it was *seen* to take, not what a profile declared; `dispatch`, which is
// whatever server and worker do, where nothing else explains it.
import { eventAttributes, textAttribute, type HistoryEvent } from '../history/event.ts'
import type { RunRecord } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'
import type { Cause } from '../result/campaign-result.ts'
import { durationAttributeMs } from '../history/duration-attribute.ts'
import type { Outage } from './outage.ts'
import { totalMs, waitIntervals, type OpenObligation, type WaitInterval } from './open-obligation.ts'
import type { AlignedHistory } from './aligned-history.ts'

interface Wait extends WaitInterval {
  readonly name: string
  readonly setting: string | null
}

/** Below this a wait has no cause worth a name: a few round trips and a database commit take as long. */
const negligibleMs = 100

const activityTimeouts: Readonly<Record<string, { name: string; setting: string }>> = {
  TIMEOUT_TYPE_HEARTBEAT: { name: 'heartbeat timeout', setting: 'heartbeatTimeout' },
  TIMEOUT_TYPE_START_TO_CLOSE: { name: 'start-to-close timeout', setting: 'startToCloseTimeout' },
  TIMEOUT_TYPE_SCHEDULE_TO_CLOSE: { name: 'schedule-to-close timeout', setting: 'scheduleToCloseTimeout' },
  TIMEOUT_TYPE_SCHEDULE_TO_START: { name: 'schedule-to-start timeout', setting: 'scheduleToStartTimeout' },
}

/** The cause of an obligation's waiting; null where it is negligible or not over. */
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
    ...pollBackoffs(outage, record),
  ]
  const shares = waits.map((wait) => ({
    ...wait,
    shareMs: intervals.reduce((sum, interval) => sum + overlapMs(wait, interval), 0),
  }))
  const longest = shares.toSorted((a, b) => b.shareMs - a.shareMs)[0]
  // Shares may overlap, so this is the least that none of them explains. What somebody can set is named all the same,
  // where it is a third of it at least.
  const restMs = Math.max(0, waitedMs - shares.reduce((sum, { shareMs }) => sum + shareMs, 0))
  const enoughMs = Math.max(negligibleMs, longest?.setting === null ? restMs : restMs / 2)
  if (longest === undefined || longest.shareMs < enoughMs) {
    return { name: 'dispatch', setting: null, observedMs: restMs }
  }
  const { name, setting, fromMs, untilMs, shareMs } = longest
  // A setting is seen to last as long as it lasts; what has none matters only while something waited for it.
  return { name, setting, observedMs: setting === null ? shareMs : untilMs - fromMs }
}

function overlapMs(a: WaitInterval, b: WaitInterval): number {
  return Math.max(0, Math.min(a.untilMs, b.untilMs) - Math.max(a.fromMs, b.fromMs))
}

/**
 * Workflow tasks that timed out: waiting in a dead worker's sticky queue, or handed to a worker that died. What ran when a
 * service was struck times out once that serves again: its absence is no part of it.
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
 * The timeout that ended an activity, or its attempt before the last; history keeps that one failure only, and not when
 * it began: it is seen from where anything could be done about it. Where the work was taken as soon as a worker was
 * there, the timeout was over before, and the worker was what it waited for. Once a service serves again the server hears
 * of lost attempts no more: what is waited for longer than the timeout lasts is not waited for it.
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

/** From the death of the fault's own target until the worker's next incarnation polls, where none was up beside it. */
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
 * From when a server serves again until a worker that was up all along polls it: the SDK's core tries again after 200 ms,
 * then after twice as long each time up to 10 s, and has no setting for it.
 */
function pollBackoffs({ serviceableFromMs: fromMs }: Outage, { timeline }: RunRecord): Wait[] {
  const again = entriesOf(timeline, 'polling').find(({ atMs }) => atMs >= fromMs)
  return again === undefined
    ? []
    : [{ name: 'poll backoff of the worker', setting: null, fromMs, untilMs: again.atMs }]
}
