// Recovery by obligations: what was owed to each workflow when a fault struck or while it lasted, and how long it
// had to wait. The figure is the waiting, not the work: (re-dispatched - max(t0, due)) + (settled - outcome ready).
import { eventAttributes, eventNumber, textAttribute, type HistoryEvent } from '../record/history-event.ts'
import { firstAfter, spansOf, type Span } from '../record/history-span.ts'
import type { RunRecord } from '../record/record.ts'
import type { Obligation } from '../record/timing.ts'
import { attributeWait } from './cause.ts'
import { durationAttributeMs } from './duration.ts'
import { outagesOf, type Outage } from './outage.ts'
import { activityType } from './pending.ts'
import { placedHistories, type PlacedHistory } from './placed.ts'

/** What is known of one obligation before its waiting is counted. */
export interface Owed {
  readonly kind: Obligation['kind']
  readonly subject: string
  /** When it could first have been met. */
  readonly dueMs: number
  /** When a living worker was handed the work; null while none was. */
  readonly redispatchedMs: number | null
  /** When the outcome was there for workflow code to consume; equal to `redispatchedMs` where no work is between. */
  readonly readyMs: number | null
  /** When the workflow task that saw the outcome was completed. */
  readonly settledMs: number | null
  /** An activity that was started over: from its last start to its outcome. */
  readonly redoneMs: number | null
  /** Attempt and last failure are on its started event. */
  readonly activityStarted?: HistoryEvent
}

/** Every obligation of a record, per fault and workflow run, in the order of the histories. */
export function obligationsOf(record: RunRecord): Obligation[] {
  const histories = placedHistories(record)
  return outagesOf(record).flatMap((outage) =>
    histories.flatMap((history) =>
      owedIn(history, outage).map((owed) => ({
        workflowId: history.workflowId,
        runId: history.runId,
        kind: owed.kind,
        subject: owed.subject,
        fault: outage.fault.name,
        dueMs: owed.dueMs,
        redispatchedMs: owed.redispatchedMs,
        settledMs: owed.settledMs,
        recoveryMs: recoveryOf(owed, outage),
        redoneMs: owed.redoneMs,
        cause: attributeWait(owed, outage, history, record),
      })),
    ),
  )
}

/** The worst of a run's obligations; null where there is none or one is not settled. */
export function worstRecovery(obligations: readonly Obligation[]): number | null {
  const figures = obligations.map(({ recoveryMs }) => recoveryMs)
  const known = figures.filter((figure) => figure !== null)
  return known.length === 0 || known.length < figures.length ? null : Math.max(...known)
}

function recoveryOf({ dueMs, redispatchedMs, readyMs, settledMs }: Owed, { fromMs }: Outage): number | null {
  if (redispatchedMs === null || readyMs === null || settledMs === null) return null
  return Math.max(0, redispatchedMs - Math.max(fromMs, dueMs)) + (settledMs - readyMs)
}

function owedIn(history: PlacedHistory, outage: Outage): Owed[] {
  const { events, at } = history
  const isOwed = ({ opened, closed }: Span) =>
    at(opened) < outage.untilMs && (closed === undefined || at(closed) > outage.fromMs)
  const spans = spansOf(events).filter(isOwed)
  const timers = spans.filter(({ kind }) => kind === 'timer').flatMap((span) => owedTimer(span, history))
  const activities = spans
    .filter(({ kind }) => kind === 'activity')
    .flatMap((span) => owedActivity(span, history, outage))
  const signals = events.flatMap((event) => owedSignal(event, history, outage))
  const others = [...timers, ...activities, ...signals]
  // A workflow task that is only there because of a timer, an activity or a signal is counted with that.
  const tasks = spans
    .filter(({ kind, opened }) => kind === 'workflow-task' && at(opened) <= outage.fromMs)
    .slice(0, 1)
    .flatMap((span) => owedWorkflowTask(span, history, outage))
  return [...others, ...tasks]
}

/** The completion of the first workflow task that was started after an event: it saw what the event brought. */
function consumption(after: HistoryEvent, { events, at }: PlacedHistory) {
  const completions = events.filter(({ eventType }) => eventType === 'EVENT_TYPE_WORKFLOW_TASK_COMPLETED')
  for (const completed of completions) {
    const started = events.find(({ eventId }) => eventId === textAttribute(completed, 'startedEventId'))
    if (started !== undefined && eventNumber(started) > eventNumber(after)) {
      return { redispatchedMs: at(started), settledMs: at(completed) }
    }
  }
  return { redispatchedMs: null, settledMs: null }
}

function owedTimer({ opened, closed }: Span, history: PlacedHistory): Owed[] {
  if (closed !== undefined && closed.eventType !== 'EVENT_TYPE_TIMER_FIRED') return []
  const dueMs = history.at(opened) + durationAttributeMs(opened, 'startToFireTimeout')
  const subject = `timer ${textAttribute(opened, 'timerId') ?? ''}`
  const consumed =
    closed === undefined ? { redispatchedMs: null, settledMs: null } : consumption(closed, history)
  return [{ kind: 'timer', subject, dueMs, ...consumed, readyMs: consumed.redispatchedMs, redoneMs: null }]
}

function owedActivity({ opened, closed }: Span, history: PlacedHistory, outage: Outage): Owed[] {
  const { at, events } = history
  if (closed?.eventType === 'EVENT_TYPE_ACTIVITY_TASK_CANCELED') return []
  const subject = `activity ${textAttribute(opened, 'activityId') ?? ''} ${activityType(opened)}`
  const base = { kind: 'activity', subject, dueMs: Math.max(outage.fromMs, at(opened)) } as const
  if (closed === undefined) {
    return [{ ...base, redispatchedMs: null, readyMs: null, settledMs: null, redoneMs: null }]
  }
  const started = events.find(({ eventId }) => eventId === textAttribute(closed, 'startedEventId'))
  // Its started event is written at its end and tells of the last attempt only.
  const startedMs = started === undefined ? at(closed) : at(started)
  const attempt = Number(started === undefined ? 1 : (eventAttributes(started).attempt ?? 1))
  return [
    {
      ...base,
      redispatchedMs: startedMs,
      readyMs: at(closed),
      settledMs: consumption(closed, history).settledMs,
      redoneMs: attempt > 1 ? at(closed) - startedMs : null,
      ...(started === undefined ? {} : { activityStarted: started }),
    },
  ]
}

function owedSignal(event: HistoryEvent, history: PlacedHistory, outage: Outage): Owed[] {
  if (event.eventType !== 'EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED') return []
  const acceptedMs = history.at(event)
  const consumed = consumption(event, history)
  const settledBefore = consumed.settledMs !== null && consumed.settledMs < outage.fromMs
  if (acceptedMs >= outage.untilMs || settledBefore) return []
  const subject = `signal ${textAttribute(event, 'signalName') ?? ''}`
  const dueMs = Math.max(outage.fromMs, acceptedMs)
  return [{ kind: 'signal', subject, dueMs, ...consumed, readyMs: consumed.redispatchedMs, redoneMs: null }]
}

function owedWorkflowTask({ opened }: Span, history: PlacedHistory, outage: Outage): Owed[] {
  const completed = firstAfter(history.events, opened, 'EVENT_TYPE_WORKFLOW_TASK_COMPLETED')
  const started = history.events.find(
    ({ eventId }) => completed !== undefined && eventId === textAttribute(completed, 'startedEventId'),
  )
  const redispatchedMs = started === undefined ? null : history.at(started)
  return [
    {
      kind: 'workflow-task',
      subject: `workflow task ${opened.eventId}`,
      dueMs: Math.max(outage.fromMs, history.at(opened)),
      redispatchedMs,
      readyMs: redispatchedMs,
      settledMs: completed === undefined ? null : history.at(completed),
      redoneMs: null,
    },
  ]
}
