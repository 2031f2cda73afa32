// The service tries an activity again by its retry policy: never sooner than the pauses add up to, and never more often
// than it allows. History has only the last attempt's start, so the pauses before it are added up.
import type { AlignedHistory } from '../analysis/aligned-history.ts'
import { durationSchema } from '../history/duration-attribute.ts'
import {
  attemptOf,
  eventAttributes,
  fieldIn,
  linkedEvent,
  textAttribute,
  type HistoryEvent,
} from '../history/event.ts'
import { checkedIf, findings, type Check } from './check.ts'

/** The service's timers are exact to a few milliseconds. */
const marginMs = 50

export const retries: Check = {
  name: 'retries',
  promise: 'No activity is tried again sooner, or more often, than its retry policy says.',
  judge({ histories }) {
    const retried = histories.flatMap(retriedIn)
    const found = retried.flatMap(whyWrong)
    return checkedIf(retried, findings('safety', found), 'no activity was tried again')
  },
}

interface Retried {
  readonly history: AlignedHistory
  readonly scheduled: HistoryEvent
  /** The start of the last attempt. */
  readonly started: HistoryEvent
}

function retriedIn(history: AlignedHistory): Retried[] {
  const starts = history.events.filter(
    (event) => event.eventType === 'EVENT_TYPE_ACTIVITY_TASK_STARTED' && attemptOf(event) > 1,
  )
  return starts.flatMap((started) => {
    const scheduled = linkedEvent(started, 'scheduledEventId', history.events)
    const isPolicy =
      scheduled !== undefined && fieldIn(eventAttributes(scheduled), 'retryPolicy') !== undefined
    return isPolicy && !choseItsPause(started) ? [{ history, scheduled, started }] : []
  })
}

/** An activity that fails may name the pause before its next attempt itself. */
function choseItsPause(started: HistoryEvent): boolean {
  return (
    fieldIn(eventAttributes(started), 'lastFailure', 'applicationFailureInfo', 'nextRetryDelay') !== undefined
  )
}

function whyWrong({ history, scheduled, started }: Retried): string[] {
  const { workflowId, virtualAt } = history
  const attempt = attemptOf(started)
  const name = textAttribute(scheduled, 'activityType', 'name') ?? ''
  const what = `activity ${textAttribute(scheduled, 'activityId') ?? ''} ${name} of ${workflowId}`
  const { firstMs, factor, longestMs, most } = policyOf(scheduled)
  if (most > 0 && attempt > most)
    return [`${what} was tried ${attempt} times, and its retry policy allows ${most}`]
  const pauses = Array.from({ length: attempt - 1 }, (_, n) => Math.min(firstMs * factor ** n, longestMs))
  const leastMs = pauses.reduce((sum, ms) => sum + ms, 0)
  const afterMs = virtualAt(started) - virtualAt(scheduled)
  if (afterMs >= leastMs - marginMs) return []
  return [
    `${what} was tried for the ${attempt}th time ${afterMs.toFixed(0)} ms after it was scheduled, and the pauses of its retry policy add up to ${leastMs.toFixed(0)} ms`,
  ]
}

function policyOf(scheduled: HistoryEvent) {
  const field = (name: string) => fieldIn(eventAttributes(scheduled), 'retryPolicy', name)
  const durationMs = (name: string) => {
    const parsed = durationSchema.safeParse(field(name))
    return parsed.success ? parsed.data : undefined
  }
  const firstMs = durationMs('initialInterval') ?? 0
  return {
    firstMs,
    factor: Number(field('backoffCoefficient') ?? 1),
    // The service's default is a hundred times the first pause.
    longestMs: durationMs('maximumInterval') ?? 100 * firstMs,
    most: Number(field('maximumAttempts') ?? 0),
  }
}
