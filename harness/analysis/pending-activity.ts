// An activity that is open: which attempt it is at, what became of the one before, and what would end it.
import { formatDuration } from '../core/duration.ts'
import { textAttribute, type HistoryEvent } from '../history/event.ts'
import { durationAttributeMs } from '../history/duration-attribute.ts'
import { quoted } from '../history/failure.ts'
import type { PendingActivityWork } from '../history/pending-work.ts'
import { activityTimeout } from './causes/activity-timeout.ts'
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
  const timeout = activityTimeout(lastFailure.timeoutType ?? undefined)
  const outcome =
    timeout === undefined ? `failed with ${quoted(lastFailure.message)}` : `ended by its ${timeout.name}`
  return [`attempt ${attempt - 1} ${outcome}`]
}

/** `startToClose 5 min 00 s (ends it in 4 min 57 s), no heartbeat` */
function describeTimeouts(
  scheduled: HistoryEvent,
  work: PendingActivityWork | undefined,
  { wallMs }: Now,
): string {
  const lengthMs = (name: string) => durationAttributeMs(scheduled, name)
  const parts = ['startToClose', 'heartbeat', 'scheduleToClose'].flatMap((name) => {
    const ms = lengthMs(`${name}Timeout`)
    if (ms === 0) return name === 'scheduleToClose' ? [] : [`no ${name}`]
    const fromMs = name === 'heartbeat' ? (work?.heartbeatWallMs ?? work?.startedWallMs) : work?.startedWallMs
    const ends =
      work?.isStarted === true && name !== 'scheduleToClose' && fromMs !== null && fromMs !== undefined
    const left = ends ? ` (would end it in ${formatDuration(Math.max(0, fromMs + ms - wallMs))})` : ''
    return [`${name} ${formatDuration(ms)}${left}`]
  })
  return `timeouts: ${parts.join(', ')}`
}
