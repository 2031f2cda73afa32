// What a scenario meant to strike in, or claimed to last, must be proven to have been so by the server's own timestamps
// in the final history: the timer did run, the activity was pending.
import { eventName } from '../history/event.ts'
import { spansOf } from '../history/span.ts'
import type { RunRecord } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'
import { faultsOf, type InjectedFault } from '../analysis/outage.ts'
import { alignedHistories } from '../analysis/aligned-history.ts'
import { findings, type Check } from './check.ts'

const name = 'moment-held'

interface Claim {
  readonly name: string
  readonly runId: string
  readonly eventId: string | null
}

export const momentHeld: Check = {
  name,
  find(record) {
    const held = entriesOf(record.timeline, 'held')
    const messages = [
      ...faultsOf(record).flatMap((fault, index, faults) => whyMissed(fault, faults[index - 1], record)),
      ...held.flatMap((expectThat) =>
        whyNotOpen(expectThat, expectThat.atMs, record).map((why) => `${expectThat.name}, still: ${why}`),
      ),
    ]
    return findings(name, 'assumption', messages)
  },
}

/** Every lasting moment that was reached since the fault before must have lasted until this one was confirmed. */
function whyMissed(fault: InjectedFault, before: InjectedFault | undefined, record: RunRecord): string[] {
  const moments = entriesOf(record.timeline, 'moment').filter(
    ({ atMs, lasting }) => lasting && atMs <= fault.startedAtMs && atMs > (before?.startedAtMs ?? -Infinity),
  )
  // A drain is meant to take its time: there the instant of the signal counts, not that of the exit.
  const untilMs =
    fault.name === 'terminate-worker' ? fault.startedAtMs : (fault.confirmedAtMs ?? fault.startedAtMs)
  return moments.flatMap((moment) =>
    whyNotOpen(moment, untilMs, record).map((why) => `${fault.name} struck too late: ${why}`),
  )
}

function whyNotOpen({ name: what, runId, eventId }: Claim, atMs: number, record: RunRecord): string[] {
  const history = alignedHistories(record).find((one) => one.runId === runId)
  const span = spansOf(history?.events ?? []).find(({ opened }) => opened.eventId === eventId)
  if (history === undefined || span === undefined) {
    return [`${what} was seen, but event ${eventId ?? '?'} is not in the final history`]
  }
  if (span.closed === undefined) return []
  const lateMs = atMs - history.at(span.closed)
  return lateMs < 0 ? [] : [`${eventName(span.closed)} was ${lateMs.toFixed(0)} ms before`]
}
