// A fault that was meant to strike while a timer ran or an activity was pending must be proven to have done so,
// by the server's own timestamps in the final history.
import { eventName } from '../record/history-event.ts'
import { spansOf } from '../record/history-span.ts'
import type { RunRecord } from '../record/record.ts'
import { entriesOf, type EntryOf } from '../record/timeline.ts'
import type { FaultResult } from '../record/timing.ts'
import { faultsOf } from '../recovery/outage.ts'
import { placedHistories } from '../recovery/placed.ts'
import { findings, type Check } from './check.ts'

const name = 'moment-held'

export const momentHeld: Check = {
  name,
  find(record) {
    const moments = entriesOf(record.timeline, 'moment')
    const messages = faultsOf(record).flatMap((fault) => {
      const last = moments.findLast(({ atMs }) => atMs <= fault.startedAtMs)
      return last?.lasting === true ? whyNotHeld(last, fault, record) : []
    })
    return findings(name, 'assumption', messages)
  },
}

function whyNotHeld(moment: EntryOf<'moment'>, fault: FaultResult, record: RunRecord): string[] {
  const history = placedHistories(record).find(({ runId }) => runId === moment.runId)
  const span = spansOf(history?.events ?? []).find(({ opened }) => opened.eventId === moment.eventId)
  if (history === undefined || span === undefined) {
    return [`${moment.name} was seen, but event ${moment.eventId} is not in the final history`]
  }
  const { opened, closed } = span
  const struck = `${fault.name} struck`
  if (history.at(opened) > fault.startedAtMs) return [`${struck} before ${eventName(opened)}`]
  if (closed === undefined || fault.confirmedAtMs === null) return []
  const lateMs = fault.confirmedAtMs - history.at(closed)
  return lateMs < 0
    ? []
    : [`${struck} too late: ${eventName(closed)} was ${lateMs.toFixed(0)} ms before it was confirmed`]
}
