// An activity that is open: which attempt it is at, what became of the one before, and what would end it.
import { formatDuration } from '../core/duration.ts'
import { textAttribute, type HistoryEvent } from '../history/event.ts'
import { durationAttributeMs } from '../history/duration-attribute.ts'
import type { PendingActivityWork } from '../history/pending-work.ts'
import { retryPolicyOf } from '../history/retry-policy.ts'
import { attemptEnd } from './causes/activity-timeout.ts'
import { since, type Now } from './pending-now.ts'

export function activityType(scheduled: HistoryEvent): string {
  return textAttribute(scheduled, 'activityType', 'name') ?? 'of unknown type'
}

export function pendingActivity(scheduled: HistoryEvent, now: Now): string {
  const id = textAttribute(scheduled, 'activityId')
  const work = now.pending?.activities.find(({ activityId }) => activityId === id)
  const seen = work === undefined ? [] : [describeAttempt(work, now), ...describeFailure(work)]
  return [
    `activity ${activityType(scheduled)} has not completed: ${since(scheduled, now)}`,
    ...seen,
    describeTimeouts(scheduled, work, now),
  ].join(', ')
}

function describeAttempt(
  { attempt, isStarted, lastWorker, ...at }: PendingActivityWork,
  { wallMs }: Now,
): string {
  if (isStarted) {
    const ago =
      at.startedWallMs === null ? '' : ` for ${formatDuration(Math.max(0, wallMs - at.startedWallMs))}`
    return `attempt ${attempt} has run${ago} on ${lastWorker === '' ? 'a worker' : lastWorker}`
  }
  const inMs = (at.nextAttemptWallMs ?? 0) - wallMs
  return inMs > 0
    ? `attempt ${attempt} comes in ${formatDuration(inMs)}`
    : `attempt ${attempt} waits for a worker`
}

function describeFailure({ attempt, lastFailure }: PendingActivityWork): string[] {
  if (lastFailure === null) return []
  return [`attempt ${attempt - 1} ${attemptEnd(lastFailure)}`]
}

/** `startToClose 5 min 00 s (would end it in 4 min 57 s), no heartbeat` */
function describeTimeouts(scheduled: HistoryEvent, work: PendingActivityWork | undefined, now: Now): string {
  const parts = timeoutNames.flatMap((name) => {
    const ms = durationAttributeMs(scheduled, `${name}Timeout`)
    if (ms === 0) return wouldHelp(name, work) ? [`no ${name}`] : []
    const fromMs = runsFrom(name, scheduled, work, now)
    const leftMs = fromMs === undefined ? undefined : Math.max(0, fromMs + ms - now.wallMs)
    const left = leftMs === undefined ? '' : ` (would end it in ${formatDuration(leftMs)})`
    return [`${name} ${formatDuration(ms)}${left}`]
  })
  return `timeouts: ${[...parts, ...describeRetries(scheduled)].join(', ')}`
}

const timeoutNames = ['startToClose', 'heartbeat', 'scheduleToClose', 'scheduleToStart'] as const
type TimeoutName = (typeof timeoutNames)[number]

/** Whether the activity would not wait so long if it had this timeout. */
function wouldHelp(name: TimeoutName, work: PendingActivityWork | undefined): boolean {
  if (name === 'scheduleToStart') return waitsForFirstStart(work)
  return name !== 'scheduleToClose'
}

function waitsForFirstStart(work: PendingActivityWork | undefined): boolean {
  return work?.isStarted === false && work.attempt === 1
}

/** Undefined if the timeout does not run now, or if nobody knows since when. */
function runsFrom(
  name: TimeoutName,
  scheduled: HistoryEvent,
  work: PendingActivityWork | undefined,
  { clock }: Now,
): number | undefined {
  if (name === 'scheduleToClose') return work === undefined ? undefined : clock.wallMs(scheduled)
  if (name === 'scheduleToStart') return waitsForFirstStart(work) ? clock.wallMs(scheduled) : undefined
  if (work?.isStarted !== true) return undefined
  return (
    (name === 'heartbeat' ? (work.heartbeatWallMs ?? work.startedWallMs) : work.startedWallMs) ?? undefined
  )
}

/** Empty if the history does not tell, as in handmade ones. */
function describeRetries(scheduled: HistoryEvent): string[] {
  const policy = retryPolicyOf(scheduled)
  if (policy === undefined) return []
  const { maximumAttempts: most } = policy
  return [most === null ? 'retries without limit' : most === 1 ? 'no retries' : `at most ${most} attempts`]
}
