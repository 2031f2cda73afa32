// Everything owed to one run of a workflow under one outage.
import { isClosing, textAttribute, type HistoryEvent } from '../history/event.ts'
import { spansOf, type Span } from '../history/span.ts'
import type { Message } from './messages.ts'
import { consumptionOf, notConsumed, type Consumption } from './consumption.ts'
import { durationAttributeMs } from '../history/duration-attribute.ts'
import type { Outage } from './outage.ts'
import { owedActivity } from './owed-activity.ts'
import { owedChild } from './owed-child.ts'
import { owedUpdate } from './owed-update.ts'
import type { OpenObligation } from './owed.ts'
import type { AlignedHistory } from './aligned-history.ts'

/** @param updates that were sent to this run */
export function obligationsIn(
  history: AlignedHistory,
  outage: Outage,
  updates: readonly Message[],
): OpenObligation[] {
  const { events, at } = history
  const isClosed = events.some(isClosing)
  const spans = spansOf(events).filter(({ opened, closed }) => {
    // What a closed workflow left open is nobody's any more.
    if (closed === undefined) return !isClosed && at(opened) < outage.untilMs
    return at(opened) < outage.untilMs && at(closed) > outage.fromMs
  })
  const ofKind = (kind: Span['kind']) => spans.filter((span) => span.kind === kind)
  const brought = [
    ...ofKind('timer').flatMap((span) => owedTimer(span, history)),
    ...ofKind('activity').flatMap((span) => owedActivity(span, history, outage)),
    ...ofKind('child-workflow').flatMap((span) => owedChild(span, history, outage)),
    ...events.flatMap((event) => owedSignal(event, history, outage)),
    ...updates.flatMap((update) => owedUpdate(update, history, outage)),
  ]
  return [...brought, ...owedWorkflowTasks(ofKind('workflow-task'), brought, history, outage)]
}

/** Nothing but workflow code is between being handed to a worker and being consumed. */
function byWorkflowCode({ startedMs, settledMs, settledBy }: Consumption) {
  return { redispatchedMs: startedMs, readyMs: startedMs, settledMs, settledBy, redoneMs: null }
}

function owedTimer({ opened, closed }: Span, history: AlignedHistory): OpenObligation[] {
  if (closed?.eventType === 'EVENT_TYPE_TIMER_CANCELED') return []
  const dueMs = history.reachedAt(
    history.virtualAt(opened) + durationAttributeMs(opened, 'startToFireTimeout'),
  )
  const subject = `timer ${textAttribute(opened, 'timerId') ?? ''}`
  const consumed = closed === undefined ? notConsumed : consumptionOf(closed, history)
  const lateness = closed === undefined ? {} : { latenessMs: history.at(closed) - dueMs }
  return [{ kind: 'timer', subject, dueMs, ...byWorkflowCode(consumed), ...lateness }]
}

function owedSignal(event: HistoryEvent, history: AlignedHistory, outage: Outage): OpenObligation[] {
  if (event.eventType !== 'EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED') return []
  const acceptedMs = history.at(event)
  const consumed = consumptionOf(event, history)
  const settledBefore = consumed.settledMs !== null && consumed.settledMs < outage.fromMs
  if (acceptedMs >= outage.untilMs || settledBefore) return []
  const subject = `signal ${textAttribute(event, 'signalName') ?? ''}`
  return [
    { kind: 'signal', subject, dueMs: Math.max(outage.fromMs, acceptedMs), ...byWorkflowCode(consumed) },
  ]
}

/**
 * Workflow tasks that nothing else owed explains: a start, a cancellation. Attempts of the same task
 * are one obligation, from the first on.
 */
function owedWorkflowTasks(
  spans: readonly Span[],
  brought: readonly OpenObligation[],
  history: AlignedHistory,
  outage: Outage,
): OpenObligation[] {
  const explained = new Set(brought.map(({ settledBy }) => settledBy?.eventId))
  const own: OpenObligation[] = []
  for (const { opened } of spans) {
    const consumed = consumptionOf(opened, history)
    const { settledBy } = consumed
    if (explained.has(settledBy?.eventId)) continue
    explained.add(settledBy?.eventId)
    const dueMs = Math.max(outage.fromMs, history.at(opened))
    const subject = `workflow task ${opened.eventId}`
    own.push({ kind: 'workflow-task', subject, dueMs, ...byWorkflowCode(consumed) })
  }
  return own
}
