// Events that were durable before a fault must still exist afterwards: the captured history is a prefix of
// the final one. Transient workflow task events are left out: they have no task id and are never stored.
import { isDeepStrictEqual } from 'node:util'
import type { AlignedHistory } from '../analysis/aligned-history.ts'
import { eventName, eventNumber, isDurable } from '../history/event.ts'
import type { CapturedEvent, RunRecord } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'
import { checked, findings, notChecked, type Check } from './check.ts'

export const historyPrefix: Check = {
  name: 'history-prefix',
  promise: 'No stored event is lost or changed.',
  about: ['events'],
  judge({ record, histories, outages }) {
    const captured = Map.groupBy(
      record.captures.filter(({ event }) => isDurable(event)),
      ({ runId }) => runId,
    )
    const changed = histories.flatMap((history) => changes(history, captured.get(history.runId) ?? []))
    const firstFaultMs = outages[0]?.fromMs
    const unseen = firstFaultMs === undefined ? [] : unseenBefore(firstFaultMs, record, captured)
    const found = [...findings('safety', changed), ...findings('harness', unseen)]
    if (changed.length > 0) return checked(found)
    const [missed] = [...unseen, ...(firstFaultMs === undefined ? [] : unwatchedAt(firstFaultMs, record))]
    if (missed !== undefined) return notChecked(missed, found)
    return captured.size === 0 ? notChecked('no history was captured') : checked(found)
  },
}

function changes({ workflowId, events }: AlignedHistory, captured: readonly CapturedEvent[]): string[] {
  if (events.length === 0) return [] // the check `completed` reports an unreadable history
  const final = new Map(events.map((event) => [eventNumber(event), event]))
  return captured.flatMap(({ event }) => {
    const now = final.get(eventNumber(event))
    const what = `event ${event.eventId} ${eventName(event)} of ${workflowId}`
    if (now === undefined) return [`${what} was stored and is gone`]
    return isDeepStrictEqual(now, event)
      ? []
      : [`${what} was stored and is now a different ${eventName(now)}`]
  })
}

type Captured = ReadonlyMap<string, readonly CapturedEvent[]>

/** Workflows that began before the fault and whose history was never captured: their prefix is unknown. */
function unseenBefore(faultMs: number, { timeline }: RunRecord, captured: Captured): string[] {
  return entriesOf(timeline, 'workflow')
    .filter(({ atMs, runId }) => atMs < faultMs && !captured.has(runId))
    .map(
      ({ workflowId }) => `nothing of the history of ${workflowId} was captured: its prefix was not checked`,
    )
}

/**
 * Workflows whose history could not be followed when the fault struck: events may have been stored unseen.
 */
function unwatchedAt(faultMs: number, { timeline, captures }: RunRecord): string[] {
  const gaps = entriesOf(timeline, 'observer-gap').filter(({ atMs }) => atMs < faultMs)
  return gaps
    .filter(
      (gap) =>
        !captures.some(
          ({ workflowId, receivedAtMs }) =>
            workflowId === gap.workflowId && receivedAtMs > gap.atMs && receivedAtMs <= faultMs,
        ),
    )
    .map(
      ({ workflowId, message }) =>
        `the history of ${workflowId} could not be followed when the fault struck: ${message}`,
    )
}
