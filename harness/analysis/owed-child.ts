// What a child owes its parent when a fault strikes: to be started, and its end to be consumed. The work between is
// the child's own, with obligations of its own.
import { textAttribute } from '../history/event.ts'
import type { Span } from '../history/span.ts'
import { consumptionOf } from './consumption.ts'
import type { Outage } from './outage.ts'
import type { OpenObligation } from './owed.ts'
import type { AlignedHistory } from './aligned-history.ts'

export function owedChild(
  { opened, closed }: Span,
  history: AlignedHistory,
  outage: Outage,
): OpenObligation[] {
  const { at, events } = history
  const started = events.find(
    (event) =>
      event.eventType === 'EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_STARTED' &&
      textAttribute(event, 'initiatedEventId') === opened.eventId,
  )
  const dueMs = Math.max(outage.fromMs, at(opened))
  const base = {
    kind: 'child-workflow',
    subject: `child ${textAttribute(opened, 'workflowId') ?? opened.eventId}`,
    dueMs,
    redispatchedMs: started === undefined ? null : Math.max(dueMs, at(started)),
    redoneMs: null,
  } as const
  if (closed === undefined) return [{ ...base, readyMs: null, settledMs: null, settledBy: undefined }]
  const { settledMs, settledBy } = consumptionOf(closed, history)
  return [{ ...base, readyMs: at(closed), settledMs, settledBy }]
}
