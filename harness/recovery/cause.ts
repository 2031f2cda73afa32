// Attributes a wait to what it was for: the longest of the reasons that history and timeline show for it, each with
// the setting that decides it and the time it was *seen* to take, not what a profile declared.
import { eventAttributes, textAttribute, type HistoryEvent } from '../record/history-event.ts'
import type { RunRecord } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'
import type { Cause } from '../record/timing.ts'
import type { Owed } from './obligations.ts'
import type { Outage } from './outage.ts'
import type { PlacedHistory } from './placed.ts'

interface Wait {
  readonly name: string
  readonly setting: string | null
  readonly fromMs: number
  readonly untilMs: number
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
  owed: Owed,
  outage: Outage,
  history: PlacedHistory,
  record: RunRecord,
): Cause | null {
  if (owed.redispatchedMs === null) return null
  const waitFromMs = Math.max(outage.fromMs, owed.dueMs)
  const waitUntilMs = owed.redispatchedMs
  if (waitUntilMs - waitFromMs < negligibleMs) return null
  const waits = [
    ...workflowTaskTimeouts(history),
    ...activityTimeout(owed, outage),
    ...respawns(outage, record, waitFromMs),
  ]
  const shares = waits.map((wait) => ({
    wait,
    shareMs: Math.min(wait.untilMs, waitUntilMs) - Math.max(wait.fromMs, waitFromMs),
  }))
  const longest = shares.toSorted((a, b) => b.shareMs - a.shareMs)[0]
  if (longest === undefined || longest.shareMs < negligibleMs) {
    return { name: 'dispatch', setting: null, observedMs: waitUntilMs - waitFromMs }
  }
  const { name, setting, fromMs, untilMs } = longest.wait
  return { name, setting, observedMs: untilMs - fromMs }
}

/** Workflow tasks that timed out: waiting in a dead worker's sticky queue, or handed to a worker that died. */
function workflowTaskTimeouts({ events, at }: PlacedHistory): Wait[] {
  const byId = (id: string | undefined) => events.find(({ eventId }) => eventId === id)
  return events.flatMap((event) => {
    if (event.eventType !== 'EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT') return []
    const isScheduleToStart = textAttribute(event, 'timeoutType') === 'TIMEOUT_TYPE_SCHEDULE_TO_START'
    const opened = byId(textAttribute(event, isScheduleToStart ? 'scheduledEventId' : 'startedEventId'))
    if (opened === undefined) return []
    const named = isScheduleToStart
      ? { name: 'sticky schedule-to-start timeout', setting: 'stickyQueueScheduleToStartTimeout' }
      : { name: 'workflow task timeout', setting: 'workflowTaskTimeout' }
    return [{ ...named, fromMs: at(opened), untilMs: at(event) }]
  })
}

/** The timeout that ended an activity's attempt before the last one; history keeps that one failure only. */
function activityTimeout({ activityStarted, redispatchedMs }: Owed, { fromMs }: Outage): Wait[] {
  const type = activityStarted === undefined ? undefined : lastTimeout(activityStarted)
  const named = type === undefined ? undefined : activityTimeouts[type]
  if (named === undefined || redispatchedMs === null) return []
  return [{ ...named, fromMs, untilMs: redispatchedMs }]
}

function lastTimeout(started: HistoryEvent): string | undefined {
  const failure = eventAttributes(started).lastFailure
  if (typeof failure !== 'object' || failure === null || !('timeoutFailureInfo' in failure)) return undefined
  const info = failure.timeoutFailureInfo
  if (typeof info !== 'object' || info === null || !('timeoutType' in info)) return undefined
  return String(info.timeoutType)
}

/** Until the next incarnation polls; its absence before anything was due delayed nothing and is left out. */
function respawns({ fromMs, untilMs }: Outage, record: RunRecord, waitFromMs: number): Wait[] {
  if (!Number.isFinite(untilMs)) return []
  const died = entriesOf(record.timeline, 'exited').find(({ atMs }) => atMs >= fromMs)
  return died === undefined
    ? []
    : [{ name: 'respawn of the worker', setting: null, fromMs: waitFromMs, untilMs }]
}
