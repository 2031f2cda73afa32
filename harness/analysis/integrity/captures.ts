// Captured events are the beginning of the final history, without a gap, and reach as far as the run looked.
import { eventName, eventNumber, isClosing, isDurable } from '../../history/event.ts'
import type { CapturedEvent, RunRecord } from '../../record/record.ts'
import { entriesOf } from '../../record/timeline.ts'
import type { AlignedHistory } from '../aligned-history.ts'
import { hasOwnAttributes } from './own-attributes.ts'
import { backwards, isClosingOf } from './timeline.ts'

/** Clocks of two machines may differ by this much, and an event may be told before it is stamped. */
const clockSlackMs = 1_000

export function captureDamage(record: RunRecord, histories: readonly AlignedHistory[]): string[] {
  const { captures, timeline } = record
  const byRun = Map.groupBy(captures, ({ runId }) => runId)
  return [
    ...backwards(captures.map(({ receivedAtMs }) => receivedAtMs)).map(
      (index) => `captured event ${index + 1} arrived before the one before it`,
    ),
    ...histories.flatMap((history) => runDamage(history, byRun.get(history.runId) ?? [], record)),
    ...entriesOf(timeline, 'moment').flatMap(({ name, runId, eventId, atMs }) => {
      const seen = (byRun.get(runId) ?? []).some(
        ({ event, receivedAtMs }) => event.eventId === eventId && receivedAtMs <= atMs,
      )
      return eventId === null || seen ? [] : [`${name}: event ${eventId} was not captured by then`]
    }),
  ]
}

function runDamage(history: AlignedHistory, captured: readonly CapturedEvent[], record: RunRecord): string[] {
  const { workflowId } = history
  const ids = captured.filter(({ event }) => isDurable(event)).map(({ event }) => eventNumber(event))
  const wrong = ids.find((id, at) => id !== at + 1)
  const until = ids.length
  const missed = history.events
    .filter((event) => isDurable(event) && eventNumber(event) > until)
    .filter((event) => isClosing(event) && wasAwaited(workflowId, record))
  return [
    ...(wrong === undefined
      ? []
      : [`captured events of ${workflowId} have a gap or a double before event ${wrong}`]),
    ...missed.map((event) => `event ${event.eventId} ${eventName(event)} of ${workflowId} was awaited and never captured`), // prettier-ignore
    ...captured
      .filter(({ event }) => !hasOwnAttributes(event))
      .map(({ event }) => `event ${event.eventId} of ${workflowId} was captured as a ${eventName(event)}, with the content of another event`), // prettier-ignore
    ...captured
      .filter(({ event, receivedAtMs }) => receivedAtMs < history.at(event) - clockSlackMs)
      .map(({ event }) => `event ${event.eventId} of ${workflowId} was captured before it happened`),
  ]
}

function wasAwaited(id: string, { timeline }: RunRecord): boolean {
  return entriesOf(timeline, 'awaited').some(
    ({ workflowId, subject }) => workflowId === id && isClosingOf(id, subject),
  )
}
