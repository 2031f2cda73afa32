// All obligations of one workflow run during one outage.
import { durationAttributeMs } from '../history/duration-attribute.ts'
import { isClosing, linkedEvent, textAttribute, type HistoryEvent } from '../history/event.ts'
import type { Span } from '../history/span.ts'
import { updateIdOf } from '../history/update-id.ts'
import { activityObligation } from './activity-obligation.ts'
import { consumptionOf, notConsumed, type AlignedHistory, type Consumption } from './aligned-history.ts'
import type { Message } from './messages.ts'
import type { OpenObligation } from './open-obligation.ts'
import type { Outage } from './outages.ts'
import { takes } from './queue-reach.ts'

/**
 * @param updates the updates sent to this run
 * @param stalled work that began after the outage and failed without another one: it is owed, too
 */
export function obligationsOfRun(
  history: AlignedHistory,
  outage: Outage,
  updates: readonly Message[],
  stalled: readonly Span[] = [],
): OpenObligation[] {
  const { events, at } = history
  const isClosed = events.some(isClosing)
  const concerned = history.spans.filter((span) => concernsSpan(outage, span, history))
  const open = concerned.filter(({ opened, closed }) => {
    // A closed workflow no longer waits for its open work.
    if (closed === undefined) return !isClosed && at(opened) < outage.untilMs
    return at(opened) < outage.untilMs && at(closed) > outage.fromMs
  })
  const spans = [...open, ...stalled.filter((span) => !open.includes(span))]
  const ofKind = (kind: Span['kind']) => spans.filter((span) => span.kind === kind)
  const messages = takes(outage.taskQueues, 'workflow', history.taskQueue)
    ? messageObligations(history, outage, updates)
    : []
  const brought = [
    ...ofKind('timer').flatMap((span) => timerObligation(span, history)),
    ...ofKind('activity').flatMap((span) => activityObligation(span, history, outage)),
    ...ofKind('child-workflow').map((span) => childObligation(span, history, outage)),
    ...messages,
  ]
  return [...brought, ...workflowTaskObligations(ofKind('workflow-task'), brought, history, outage)]
}

/** Whether the target of the fault has a part in the work: workflow code that waits for it, or the activity itself. */
function concernsSpan({ taskQueues }: Outage, { kind, opened }: Span, history: AlignedHistory): boolean {
  if (takes(taskQueues, 'workflow', history.taskQueue)) return true
  return kind === 'activity' && takes(taskQueues, 'activity', textAttribute(opened, 'taskQueue', 'name'))
}

/**
 * The recovery for work that workflow code does itself: the outcome is ready once a worker takes the task.
 */
function byWorkflowCode({ startedMs, settledMs, settledBy }: Consumption) {
  return { redispatchedMs: startedMs, readyMs: startedMs, settledMs, settledBy, redoneMs: null }
}

function timerObligation({ opened, closed }: Span, history: AlignedHistory): OpenObligation[] {
  if (closed?.eventType === 'EVENT_TYPE_TIMER_CANCELED') return []
  const dueMs = history.reachedAt(
    history.virtualAt(opened) + durationAttributeMs(opened, 'startToFireTimeout'),
  )
  const subject = `timer ${textAttribute(opened, 'timerId') ?? ''}`
  const consumed = closed === undefined ? notConsumed : consumptionOf(closed, history)
  const lateness = closed === undefined ? {} : { latenessMs: history.at(closed) - dueMs }
  return [{ kind: 'timer', subject, dueMs, ...byWorkflowCode(consumed), ...lateness }]
}

/**
 * A child has two waits: for its start, and for the consumption of its end. Its own work has separate
 * obligations.
 */
function childObligation({ opened, closed }: Span, history: AlignedHistory, outage: Outage): OpenObligation {
  const { at, events } = history
  const started = events.find(
    (event) =>
      event.eventType === 'EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_STARTED' &&
      textAttribute(event, 'initiatedEventId') === opened.eventId,
  )
  const dueMs = Math.max(outage.fromMs, at(opened))
  const { settledMs, settledBy } = closed === undefined ? notConsumed : consumptionOf(closed, history)
  return {
    kind: 'child-workflow',
    subject: `child ${textAttribute(opened, 'workflowId') ?? opened.eventId}`,
    dueMs,
    redispatchedMs: started === undefined ? null : Math.max(dueMs, at(started)),
    redoneMs: null,
    readyMs: closed === undefined ? null : at(closed),
    settledMs,
    settledBy,
  }
}

function signalObligation(event: HistoryEvent, history: AlignedHistory, outage: Outage): OpenObligation[] {
  if (event.eventType !== 'EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED') return []
  const acceptedMs = history.at(event)
  const consumed = consumptionOf(event, history)
  const settledBefore = consumed.settledMs !== null && consumed.settledMs < outage.fromMs
  if (acceptedMs >= outage.untilMs || settledBefore) return []
  const subject = `signal ${textAttribute(event, 'signalName') ?? ''}`
  const dueMs = Math.max(outage.fromMs, acceptedMs)
  return [{ kind: 'signal', subject, dueMs, ...byWorkflowCode(consumed) }]
}

/** Signals and updates that came before the outage ended and were not settled when it began. */
export function messageObligations(
  history: AlignedHistory,
  outage: Outage,
  updates: readonly Message[],
): OpenObligation[] {
  return [
    ...history.events.flatMap((event) => signalObligation(event, history, outage)),
    ...updates.flatMap((update) => updateObligation(update, history, outage)),
  ]
}

/**
 * A worker must take an update. History shows it only once workflow code has accepted it, so the time of the
 * request comes from the client.
 */
function updateObligation(update: Message, history: AlignedHistory, outage: Outage): OpenObligation[] {
  const { messageId, name, sender, number, sentMs, answer, answeredMs } = update
  if (sentMs >= outage.untilMs || (answeredMs !== null && answeredMs <= outage.fromMs)) return []
  const base = {
    kind: 'update',
    subject: `update ${name} #${number} of ${sender}`,
    dueMs: Math.max(outage.fromMs, sentMs),
  } as const
  const taken = updateTakenBy(messageId, history)
  if (taken !== undefined) return [{ ...base, ...byWorkflowCode(taken) }]
  // Another run of the chain has it.
  if (answer === 'accepted' || answer === 'failed') return []
  // A rejection is an answer that leaves nothing in the history. Without any answer the update is still open.
  return [{ ...base, ...byWorkflowCode({ ...notConsumed, startedMs: answeredMs, settledMs: answeredMs }) }]
}

function updateTakenBy(messageId: string, { events, at }: AlignedHistory): Consumption | undefined {
  const place = events.findIndex((event) => updateIdOf(event) === messageId)
  if (place === -1) return undefined
  const isCompleted = ({ eventType }: HistoryEvent) => eventType === 'EVENT_TYPE_WORKFLOW_TASK_COMPLETED'
  const settledBy = events.slice(0, place).findLast(isCompleted)
  const started = settledBy && linkedEvent(settledBy, 'startedEventId', events)
  if (settledBy === undefined || started === undefined) return undefined
  return { startedMs: at(started), settledMs: at(settledBy), settledBy }
}

/**
 * Workflow tasks that no other obligation explains, such as for a start or a cancellation. All attempts of
 * one task count as one obligation.
 */
function workflowTaskObligations(
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
