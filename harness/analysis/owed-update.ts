// What an update owes its client: that a worker takes it. History knows it only once workflow code has accepted it,
// so the instant when it was asked for comes from the client.
import { textAttribute, type HistoryEvent } from '../history/event.ts'
import type { Message } from './messages.ts'
import { updateIdOf } from '../history/update-id.ts'
import type { Outage } from './outage.ts'
import type { OpenObligation } from './owed.ts'
import type { AlignedHistory } from './aligned-history.ts'

export function owedUpdate(update: Message, history: AlignedHistory, outage: Outage): OpenObligation[] {
  const { messageId, name, sender, number, sentMs, answer, answeredMs } = update
  if (sentMs >= outage.untilMs || (answeredMs !== null && answeredMs <= outage.fromMs)) return []
  const base = {
    kind: 'update',
    subject: `update ${name} #${number} of ${sender}`,
    dueMs: Math.max(outage.fromMs, sentMs),
    redoneMs: null,
  } as const
  const taken = takenBy(messageId, history)
  if (taken !== undefined) {
    const { startedMs, settledMs, settledBy } = taken
    return [{ ...base, redispatchedMs: startedMs, readyMs: startedMs, settledMs, settledBy }]
  }
  // It is in another run of the chain, or was refused: a no is an answer too, and leaves nothing in the history.
  if (answer === 'accepted' || answer === 'failed') return []
  return [
    { ...base, redispatchedMs: answeredMs, readyMs: answeredMs, settledMs: answeredMs, settledBy: undefined },
  ]
}

/** The workflow task in which the update was accepted. */
function takenBy(messageId: string, { events, at }: AlignedHistory) {
  const place = events.findIndex((event) => updateIdOf(event) === messageId)
  if (place === -1) return undefined
  const isCompleted = ({ eventType }: HistoryEvent) => eventType === 'EVENT_TYPE_WORKFLOW_TASK_COMPLETED'
  const settledBy = events.slice(0, place).findLast(isCompleted)
  const startedId = settledBy === undefined ? undefined : textAttribute(settledBy, 'startedEventId')
  const started = events.find(({ eventId }) => eventId === startedId)
  if (settledBy === undefined || started === undefined) return undefined
  return { startedMs: at(started), settledMs: at(settledBy), settledBy }
}
