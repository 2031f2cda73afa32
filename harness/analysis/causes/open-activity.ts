// Why an activity was not done by the end of the run: its attempt still counts as running on a dead worker, or
// attempts fail. History shows neither. The server's own list at the run's end does.
import { formatDuration } from '../../core/duration.ts'
import { textAttribute, type HistoryEvent } from '../../history/event.ts'
import type { PendingActivityWork } from '../../history/pending-work.ts'
import { serverZeroMs } from '../../record/header.ts'
import { pendingWorkOf, type RunRecord } from '../../record/record.ts'
import { entriesOf } from '../../record/timeline.ts'
import type { Cause } from '../../result/campaign-result.ts'
import type { AlignedHistory } from '../aligned-history.ts'
import { ownersOf } from '../identities.ts'
import type { OpenObligation } from '../open-obligation.ts'
import type { Outage } from '../outages.ts'
import { activityTimeout, attemptEnd, timeoutMs } from './activity-timeout.ts'

/** Undefined if the activity is not open, if a living worker has it, or if the server was not asked. */
export function openActivity(
  { scheduled, dueMs }: OpenObligation,
  outage: Outage,
  { runId }: AlignedHistory,
  record: RunRecord,
): Cause | undefined {
  const id = scheduled && textAttribute(scheduled, 'activityId')
  const work = pendingWorkOf(record, runId)?.activities.find(({ activityId }) => activityId === id)
  if (scheduled === undefined || work === undefined) return undefined
  if (work.isStarted) return isGone(work, outage, record) ? untilTimeout(work, scheduled) : undefined
  if (work.lastFailure === null) return undefined
  const endedMs = entriesOf(record.timeline, 'ended').at(-1)?.atMs ?? record.header.deadlineMs
  return failing(work, scheduled, { waitedMs: Math.max(0, endedMs - dueMs), endedMs, record })
}

/** The process of the attempt's worker is over, so nobody will ever answer for it. */
function isGone(
  { lastWorker, startedWallMs }: PendingActivityWork,
  { fault }: Outage,
  { timeline, header }: RunRecord,
): boolean {
  const label = fault.target.name
  const own = entriesOf(timeline, 'exited').filter(({ identity }) => identity === label)
  // In records from before identities were learnt, workers polled by their label.
  const owner = ownersOf(timeline, (unlearnt) => [unlearnt])
  return own.length > 0 && owner(lastWorker, (startedWallMs ?? 0) - serverZeroMs(header)) === label
}

function untilTimeout({ attempt }: PendingActivityWork, scheduled: HistoryEvent): Cause | undefined {
  const types = ['HEARTBEAT', 'START_TO_CLOSE', 'SCHEDULE_TO_CLOSE'].flatMap(
    (type) => activityTimeout(`TIMEOUT_TYPE_${type}`) ?? [],
  )
  const [first] = types
    .map((timeout) => ({ ...timeout, ms: timeoutMs(scheduled, timeout) }))
    .toSorted((a, b) => a.ms - b.ms)
  if (first === undefined || first.ms === Infinity) return undefined
  const { name, setting, ms: observedMs } = first
  const heartbeat = timeoutMs(scheduled, { setting: 'heartbeatTimeout' }) === Infinity ? ', no heartbeat' : ''
  const detail = `attempt ${attempt} was on the worker that is gone, and only its ${name} of ${formatDuration(observedMs)} ends it${heartbeat}`
  return { name, setting, observedMs, detail }
}

function failing(
  { attempt, lastFailure, nextAttemptWallMs }: PendingActivityWork,
  scheduled: HistoryEvent,
  {
    waitedMs,
    endedMs,
    record,
  }: { readonly waitedMs: number; readonly endedMs: number; readonly record: RunRecord },
): Cause {
  const timeout = activityTimeout(lastFailure?.timeoutType ?? undefined)
  const inMs = (nextAttemptWallMs ?? 0) - serverZeroMs(record.header) - endedMs
  const next = inMs > 0 ? `comes in ${formatDuration(inMs)}` : 'waits for a worker'
  const detail = `attempt ${attempt - 1} ${attemptEnd(lastFailure)}, attempt ${attempt} ${next}`
  if (timeout === undefined) return { name: 'failed attempt', setting: null, observedMs: waitedMs, detail }
  return { ...timeout, observedMs: Math.min(timeoutMs(scheduled, timeout), waitedMs), detail }
}
