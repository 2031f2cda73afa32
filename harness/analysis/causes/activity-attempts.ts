// Attempts of an activity that failed or timed out, and the pauses between them. History keeps only the last
// attempt with the failure of the one before. The server's own list, read right after the fault, adds when the lost
// attempt began; timeouts and retry policy, which history has, give the other times.
import { formatDuration } from '../../core/duration.ts'
import { quoted, type Failure } from '../../history/failure.ts'
import { backoffBefore, type Backoff } from '../../history/retry-policy.ts'
import type { ActivityAttempts } from '../open-obligation.ts'
import type { RunningActivity } from '../outages.ts'
import { activityTimeout, timeoutMs } from './activity-timeout.ts'
import { putOffTimer } from './late-timers.ts'
import { lasting, type Wait } from './wait.ts'

/**
 * The waits before the attempt that a worker took.
 * @param fromMs the earliest time at which the activity could be tried again
 * @param backMs when a worker was there again: without one, nothing can fail with a message
 */
export function attemptWaits(attempts: ActivityAttempts, fromMs: number, backMs: number): Wait[] {
  const { attempt, lost } = attempts
  if (attempt < 2) return []
  if (lost === undefined)
    return failuresFrom(
      attempts.failure?.timeoutType === undefined ? Math.max(fromMs, backMs) : fromMs,
      1,
      attempts,
    )
  const isLast = lost.attempt >= attempt - 1
  const loss = lossOf(lost, isLast ? attempts.failure : undefined, attempts)
  if (isLast) {
    const endMs = Math.min(loss.untilMs, attempts.takenMs - pauseBefore(attempt, attempts).ms)
    return [...lasting({ ...loss, untilMs: endMs }), ...pause(endMs, attempt, attempts)]
  }
  const next = lost.attempt + 1
  const againMs = loss.untilMs + pauseBefore(next, attempts).ms
  return [...lasting(loss), ...pause(loss.untilMs, next, attempts), ...failuresFrom(againMs, next, attempts)]
}

/**
 * How the attempt that the fault found running ended.
 * @param failure undefined if a later failure took its place; then it ended by the timeout that came first
 */
function lossOf(
  { startedMs, heartbeatMs, attempt }: RunningActivity,
  failure: Failure | undefined,
  { scheduled }: ActivityAttempts,
): Wait {
  const beatMs = heartbeatMs ?? startedMs
  const ends = {
    TIMEOUT_TYPE_HEARTBEAT: beatMs + timeoutMs(scheduled, { setting: 'heartbeatTimeout' }),
    TIMEOUT_TYPE_START_TO_CLOSE: startedMs + timeoutMs(scheduled, { setting: 'startToCloseTimeout' }),
  }
  const first =
    ends.TIMEOUT_TYPE_HEARTBEAT <= ends.TIMEOUT_TYPE_START_TO_CLOSE ? 'HEARTBEAT' : 'START_TO_CLOSE'
  const type = failure === undefined ? `TIMEOUT_TYPE_${first}` : failure.timeoutType
  const isHeartbeat = type === 'TIMEOUT_TYPE_HEARTBEAT'
  return {
    ...named(type),
    fromMs: isHeartbeat ? beatMs : startedMs,
    untilMs: isHeartbeat
      ? ends.TIMEOUT_TYPE_HEARTBEAT
      : type === 'TIMEOUT_TYPE_START_TO_CLOSE'
        ? ends.TIMEOUT_TYPE_START_TO_CLOSE
        : Infinity,
    detail: `attempt ${attempt} ${outcomeOf(failure, type)}`,
  }
}

/** The attempts from this one to the last failed one, of which only the last failure is known, and their pauses. */
function failuresFrom(fromMs: number, first: number, attempts: ActivityAttempts): Wait[] {
  const { attempt, takenMs, scheduled, failure } = attempts
  const count = attempt - first
  const timeout = activityTimeout(failure?.timeoutType)
  const eachMs = timeout === undefined ? Infinity : timeoutMs(scheduled, timeout)
  const pausesMs = numbers(first + 1, attempt).reduce((sum, nth) => sum + pauseBefore(nth, attempts).ms, 0)
  const endMs = Math.max(fromMs, Math.min(takenMs - pausesMs, fromMs + count * eachMs))
  const last = `attempt ${attempt - 1} ${outcomeOf(failure, failure?.timeoutType)}`
  const detail = count === 1 ? last : `${count} attempts failed; ${last}`
  return [
    ...lasting({ ...named(failure?.timeoutType), fromMs, untilMs: endMs, eachMs, detail }),
    ...pause(endMs, attempt, attempts, Math.min(pausesMs, Math.max(0, takenMs - endMs))),
  ]
}

function pause(
  fromMs: number,
  before: number,
  attempts: ActivityAttempts,
  lengthMs = pauseBefore(before, attempts).ms,
): Wait[] {
  const { setting, ms } = pauseBefore(before, attempts)
  const isLast = before === attempts.attempt
  const why = isLast && attempts.failure ? `, attempt ${before - 1} ${outcomeOf(attempts.failure)}` : ''
  const detail = `${formatDuration(ms)} before attempt ${before}${why}`
  const untilMs = fromMs + lengthMs
  return [
    ...lasting({ name: 'retry backoff', setting, fromMs, untilMs, detail }),
    ...(isLast && attempts.came && ms > 0
      ? putOffTimer(`attempt ${before}`, { setMs: untilMs - ms, dueMs: untilMs, firedMs: attempts.takenMs })
      : []),
  ]
}

function pauseBefore(
  attempt: number,
  { scheduled, started, attempt: last, came }: ActivityAttempts,
): Backoff {
  if (attempt === last && !came) return { ms: 0, setting: null }
  return backoffBefore(attempt, scheduled, attempt === last ? started : undefined)
}

function named(timeoutType: string | undefined): Pick<Wait, 'name' | 'setting'> {
  return activityTimeout(timeoutType) ?? { name: 'failed attempt', setting: null }
}

function outcomeOf(failure: Failure | undefined, type = failure?.timeoutType): string {
  const timeout = activityTimeout(type)
  if (timeout !== undefined) return `ended by its ${timeout.name}`
  return failure === undefined ? 'failed' : `failed with ${quoted(failure.message)}`
}

function numbers(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)
}
