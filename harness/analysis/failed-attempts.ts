// Attempts of activities and workflow tasks that began after a heal, and failed or timed out before another fault.
// No fault excuses them: a worker that hangs after its restart is found by them, however soon it polled again.
import { attemptOf, linkedEvent, textAttribute, type HistoryEvent } from '../history/event.ts'
import { describeFailedTask, failureOf, isFailedTask } from '../history/failure.ts'
import type { Span } from '../history/span.ts'
import type { RunRecord } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'
import type { AlignedHistory } from './aligned-history.ts'
import { attemptEnd } from './causes/activity-timeout.ts'
import { runningAttempts, type Outage } from './outages.ts'
import { activityType } from './pending-activity.ts'

export interface FailedAttempts {
  readonly history: AlignedHistory
  readonly span: Span
  /** The outage that was healed before they began. */
  readonly outage: Outage
  readonly beganMs: number
  /** When the first attempt began that did not fail, or the work was given up. */
  readonly untilMs: number
  /** What failed, and how: `attempt 2 ended by its start-to-close timeout`. */
  readonly what: string
  /**
   * The worker still held the workflow: it repeated its answer to the task before, which the service had not
   * taken. The wait is the fault's doing, and is counted as recovery only.
   */
  readonly wasHeld: boolean
}

interface Sources {
  readonly record: RunRecord
  readonly histories: readonly AlignedHistory[]
  readonly outages: readonly Outage[]
}

/** Without types of which attempts also failed before the first fault, or of which the scenario says that they fail. */
export function failedAttemptsOf({ record, histories, outages }: Sources): FailedAttempts[] {
  const firstFaultMs = outages[0]?.fromMs ?? Infinity
  const expected = new Set(record.header.failingAttempts ?? [])
  const all = allFailures({ record, histories })
  // The fault may have made what it interrupted fail: only earlier attempts tell how it is without faults.
  const before = new Set(
    all
      .filter((one) => one.untilMs <= firstFaultMs || wasTriedBefore(one, outages[0]))
      .map(({ type }) => type),
  )
  return all.flatMap(({ type, ...failed }) => {
    const outage = healedBefore(failed, outages)
    if (outage === undefined || expected.has(type) || before.has(type)) return []
    return [{ ...failed, outage, wasHeld: wasHeld({ ...failed, outage }) }]
  })
}

/** The types of activities and workflows of which attempts failed, whenever that was. */
export function failingTypes(sources: Pick<Sources, 'record' | 'histories'>): string[] {
  return [...new Set(allFailures(sources).map(({ type }) => type))]
}

function allFailures({ record, histories }: Pick<Sources, 'record' | 'histories'>) {
  const types = new Map(
    entriesOf(record.timeline, 'workflow').map(({ runId, workflow }) => [runId, workflow]),
  )
  return histories.flatMap((history) => {
    return history.spans.flatMap((span) => {
      const type = span.kind === 'activity' ? activityType(span.opened) : (types.get(history.runId) ?? '')
      return failuresOf(span, history).map((failed) => ({ ...failed, history, span, type }))
    })
  })
}

/** Whether the fault found a later attempt of the activity than its first one. */
function wasTriedBefore(
  { span, history }: Pick<FailedAttempts, 'span' | 'history'>,
  outage: Outage | undefined,
): boolean {
  const activityId = textAttribute(span.opened, 'activityId')
  if (outage === undefined || activityId === undefined) return false
  const running = runningAttempts(outage, { runId: history.runId, activityId })
  return running.some(({ faultIndex, attempt }) => faultIndex === outage.faultIndex && attempt > 1)
}

/**
 * SDK Core repeats an answer after 0.1 s, then 1.7 times later each time, at most 5 s and a fifth
 * (temporalio-client: `RetryConfig`). Until then the worker holds the workflow, and a new task of it waits
 * until it times out.
 */
const answersAgainMs = 6_000

function wasHeld({ history, span, outage, beganMs }: Omit<FailedAttempts, 'wasHeld'>): boolean {
  const taker = takerOf(span, history)
  if (span.kind !== 'workflow-task' || taker === undefined || beganMs - outage.untilMs > answersAgainMs)
    return false
  return history.spans.some((earlier) => {
    const { kind, opened, closed } = earlier
    const wasOpen =
      closed !== undefined && history.at(opened) < outage.untilMs && history.at(closed) > outage.fromMs
    return kind === 'workflow-task' && wasOpen && isUnanswered(closed) && takerOf(earlier, history) === taker
  })
}

function takerOf({ closed }: Span, { events }: AlignedHistory): string | undefined {
  const started = closed && linkedEvent(closed, 'startedEventId', events)
  return started && textAttribute(started, 'identity')
}

function isUnanswered({ eventType }: HistoryEvent): boolean {
  return eventType === 'EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT'
}

/** The last outage before the time, if all before were over by then, and none began in it. */
export function healedBefore(
  { beganMs, untilMs }: { readonly beganMs: number; readonly untilMs: number },
  outages: readonly Outage[],
): Outage | undefined {
  const earlier = outages.filter(({ fromMs }) => fromMs < untilMs)
  return earlier.every((outage) => outage.untilMs <= beganMs) ? earlier.at(-1) : undefined
}

type Failed = Pick<FailedAttempts, 'beganMs' | 'untilMs' | 'what'>

function failuresOf(span: Span, history: AlignedHistory): Failed[] {
  if (span.kind === 'activity') return activityFailures(span, history)
  return span.kind === 'workflow-task' ? workflowTaskFailures(span, history) : []
}

/** Only the first attempt's begin is known: when the activity was scheduled. */
function activityFailures({ opened, closed }: Span, { events, at }: AlignedHistory): Failed[] {
  const started = closed && linkedEvent(closed, 'startedEventId', events)
  const attempt = started === undefined ? 1 : attemptOf(started)
  const beganMs = at(opened)
  if (closed?.eventType === 'EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT') {
    return [{ beganMs, untilMs: at(closed), what: `attempt ${attempt} ${attemptEnd(failureOf(closed))}` }]
  }
  if (started === undefined || attempt < 2) return []
  const last = `attempt ${attempt - 1} ${attemptEnd(failureOf(started))}`
  const what = attempt === 2 ? last : `${attempt - 1} attempts failed, and ${last}`
  return [{ beganMs, untilMs: at(started), what }]
}

function workflowTaskFailures({ closed }: Span, { events, at }: AlignedHistory): Failed[] {
  const started = closed && linkedEvent(closed, 'startedEventId', events)
  if (closed === undefined || started === undefined) return []
  const ended = { beganMs: at(started), untilMs: at(closed) }
  if (isFailedTask(closed)) return [{ ...ended, what: `it failed with ${describeFailedTask(closed)}` }]
  if (!isUnanswered(closed)) return []
  return [
    { ...ended, what: `${textAttribute(started, 'identity') ?? 'a worker'} took it and never answered` },
  ]
}
