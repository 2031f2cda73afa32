// A cancellation that the service accepted must reach workflow code, in the run that is to be cancelled. A run that
// continues as new instead takes it along to nowhere: the next run does not know of it.
import type { AlignedHistory } from '../analysis/aligned-history.ts'
import { consumedBy } from '../history/consumed-by.ts'
import { closedByCode, eventName, isClosing, textAttribute, type HistoryEvent } from '../history/event.ts'
import { checkedIf, findings, type Check } from './check.ts'

export const cancellations: Check = {
  name: 'cancellations',
  promise:
    'Every accepted cancellation reaches workflow code, and no run passes it over by continuing as new.',
  about: ['messages'],
  judge({ histories }) {
    const requested = histories.flatMap((history) =>
      history.events.filter(isRequest).map((event) => ({ history, event })),
    )
    const sent = histories.flatMap((history) =>
      history.events.filter(isSent).map((event) => ({ history, event })),
    )
    const found = [
      ...requested.flatMap(({ history, event }) => whyPassedOver(event, history)),
      ...sent.flatMap(({ history, event }) => whyLost(event, history, histories)),
    ]
    return checkedIf([...requested, ...sent], findings('safety', found), 'nothing was cancelled')
  },
}

function isRequest({ eventType }: HistoryEvent): boolean {
  return eventType === 'EVENT_TYPE_WORKFLOW_EXECUTION_CANCEL_REQUESTED'
}

/** The service has told another workflow, as this one asked. */
function isSent({ eventType }: HistoryEvent): boolean {
  return eventType === 'EVENT_TYPE_EXTERNAL_WORKFLOW_EXECUTION_CANCEL_REQUESTED'
}

function whyPassedOver(request: HistoryEvent, { workflowId, runId, events }: AlignedHistory): string[] {
  const closing = events.find(isClosing)
  if (closing === undefined || !closedByCode(closing)) return []
  const what = `the cancellation of ${workflowId} (run ${runId}, event ${request.eventId})`
  const end = `${eventName(closing)} (event ${closing.eventId})`
  if (consumedBy(request, events) === undefined) {
    return [`lost: ${what} was accepted, and the run closed with ${end} before workflow code saw it`]
  }
  return closing.eventType === 'EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW'
    ? [`lost: ${what} was accepted, and the run ended with ${end}: the next run does not know of it`]
    : []
}

/** Told only if the history of the other workflow is in the record. */
function whyLost(sent: HistoryEvent, from: AlignedHistory, all: readonly AlignedHistory[]): string[] {
  const target = textAttribute(sent, 'workflowExecution', 'workflowId')
  const targets = all.filter(({ workflowId, events }) => workflowId === target && events.length > 0)
  if (targets.length === 0 || targets.some(({ events }) => events.some(isRequest))) return []
  return [
    `lost: ${from.workflowId} (run ${from.runId}, event ${sent.eventId}) cancelled ${target ?? ''}, the service accepted that, and the history of ${target ?? ''} has no cancellation`,
  ]
}
