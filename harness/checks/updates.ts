// An accepted update belongs to one run of its workflow. If workflow code closes that run before the update's handler
// is done, its effects never come, whatever the client is told.
import type { AlignedHistory } from '../analysis/aligned-history.ts'
import { closedByCode, eventName, isClosing, textAttribute, type HistoryEvent } from '../history/event.ts'
import { updateIdOf } from '../history/update-id.ts'
import { checkedIf, findings, type Check } from './check.ts'

export const updates: Check = {
  name: 'updates',
  promise: 'Every accepted update runs to its end: the end of its run cuts none off.',
  about: ['messages'],
  judge({ histories }) {
    const accepted = histories.flatMap(acceptedIn)
    const cutOff = accepted.flatMap(whyCutOff)
    return checkedIf(accepted, findings('safety', cutOff), 'no update was accepted')
  },
}

interface Accepted {
  readonly history: AlignedHistory
  readonly event: HistoryEvent
}

function acceptedIn(history: AlignedHistory): Accepted[] {
  return history.events
    .filter((event) => updateIdOf(event) !== undefined)
    .map((event) => ({ history, event }))
}

function whyCutOff({ history: { workflowId, runId, events, at }, event }: Accepted): string[] {
  const closing = events.find(isClosing)
  // While the run is open, the check `completed` says what it waits for. Who terminates a workflow cuts it off.
  if (closing === undefined || !closedByCode(closing)) return []
  const isItsEnd = (other: HistoryEvent) =>
    other.eventType === 'EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED' &&
    textAttribute(other, 'acceptedEventId') === event.eventId
  if (events.some(isItsEnd)) return []
  const name = textAttribute(event, 'acceptedRequest', 'input', 'name') ?? ''
  const lastedMs = at(closing) - at(event)
  return [
    `lost: update ${name} ${updateIdOf(event) ?? ''} was accepted by ${workflowId} (run ${runId}, event ${event.eventId}) and never completed: ` +
      `${lastedMs.toFixed(0)} ms later the run closed with ${eventName(closing)} (event ${closing.eventId})`,
  ]
}
