// A child that a workflow asked for must start, or the workflow must be told that it did not. The service drops the
// request without a word if the parent closes first.
import type { AlignedHistory } from '../analysis/aligned-history.ts'
import type { RunAnalysis } from '../analysis/analyse.ts'
import { childRequestsOf, type ChildRequest } from '../history/child-request.ts'
import { eventName, isClosing, type HistoryEvent } from '../history/event.ts'
import { observationsOf } from '../record/record.ts'
import { checked, checkedIf, findings, notChecked, type Check } from './check.ts'

export const children: Check = {
  name: 'children',
  promise: 'Every child workflow that was asked for starts, or its parent is told why not.',
  about: ['children'],
  judge(analysis) {
    const asked = analysis.histories.flatMap((history) =>
      childRequestsOf(history.events).map((child) => ({ child, history })),
    )
    const dropped = asked.filter(({ child, history }) => isDropped(child, history))
    const known = dropped.map((one) => ({
      ...one,
      exists: existsByService(one.child, one.history, analysis),
    }))
    const lost = known.filter(({ exists }) => exists === false).map(describe)
    if (lost.length > 0) return checked(findings('safety', lost))
    const unknown = known.find(({ exists }) => exists === undefined)
    if (unknown !== undefined) {
      return notChecked(`the service was not asked whether the child ${unknown.child.workflowId} exists`)
    }
    return checkedIf(asked, [], 'no workflow asked for a child')
  },
}

interface Asked {
  readonly child: ChildRequest
  readonly history: AlignedHistory
}

/**
 * Ends by which workflow code gave up its request. A cancelled parent gives up its children with it, and who
 * terminates a parent does so too.
 */
const ownEnds = new Set(
  ['COMPLETED', 'FAILED', 'CONTINUED_AS_NEW'].map((end) => `EVENT_TYPE_WORKFLOW_EXECUTION_${end}`),
)

function isDropped({ isAnswered }: ChildRequest, { events }: AlignedHistory): boolean {
  const closing = events.find(isClosing)
  return !isAnswered && closing !== undefined && ownEnds.has(closing.eventType)
}

/** Undefined if nobody looked. */
function existsByService(
  { event }: ChildRequest,
  { runId }: AlignedHistory,
  { record }: RunAnalysis,
): boolean | undefined {
  const looked = observationsOf(record, 'asked-child').find(
    ({ fromRunId, eventId }) => fromRunId === runId && eventId === event.eventId,
  )
  return looked === undefined ? undefined : looked.runId !== null
}

function describe({ child, history }: Asked): string {
  const { workflowId, runId, events, at } = history
  const closing: HistoryEvent | undefined = events.find(isClosing)
  const end =
    closing === undefined
      ? ''
      : `: the run closed with ${eventName(closing)} (event ${closing.eventId}) ${(at(closing) - at(child.event)).toFixed(0)} ms later, and the service knows no such child`
  return `lost: ${workflowId} (run ${runId}) asked for the child ${child.workflowId} of type ${child.workflow} (event ${child.event.eventId}), which never started${end}`
}
