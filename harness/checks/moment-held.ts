// A scenario injects a fault in a moment, or claims that a moment lasts. The server's timestamps in the final
// history must prove it: the timer really ran, or the activity was pending.
import type { RunAnalysis } from '../analysis/analyse.ts'
import type { Outage } from '../analysis/outages.ts'
import { eventName } from '../history/event.ts'
import { faultName, isDrain } from '../record/fault.ts'
import { entriesOf, type EntryOf } from '../record/timeline.ts'
import { checkedIf, findings, type Check } from './check.ts'

export const momentHeld: Check = {
  name: 'moment-held',
  promise: 'Every fault struck in its intended moment.',
  judge(analysis) {
    const held = entriesOf(analysis.record.timeline, 'held')
    const aims = analysis.outages.flatMap((outage, index, outages) =>
      momentsOf(outage, outages[index - 1], analysis).map((moment) => ({ moment, fault: outage.fault })),
    )
    const missed = aims.flatMap(({ moment, fault }) => {
      // A drain takes time by design, so the time of the signal counts, not that of the exit.
      const untilMs = isDrain(fault) ? fault.startedAtMs : (fault.confirmedAtMs ?? fault.startedAtMs)
      return whyNotOpen(moment, untilMs, analysis).map((why) => `${faultName(fault)} struck too late: ${why}`)
    })
    const over = held.flatMap((claim) =>
      whyNotOpen(claim, claim.atMs, analysis).map((why) => `${claim.name}: the moment was over, ${why}`),
    )
    return checkedIf(
      [...held, ...aims],
      findings('assumption', [...missed, ...over]),
      'the scenario waits for no lasting moment',
    )
  },
}

/**
 * The lasting moments reached since the previous fault: all of them must last until this fault is confirmed. One that was
 * over when the scenario reached the next moment of the same run was only a stage on the way there.
 */
function momentsOf(
  { fromMs }: Outage,
  before: Outage | undefined,
  { record, historyOf }: RunAnalysis,
): EntryOf<'moment'>[] {
  const reached = entriesOf(record.timeline, 'moment').filter(
    ({ atMs }) => atMs <= fromMs && atMs > (before?.fromMs ?? -Infinity),
  )
  const isStage = ({ runId, eventId }: EntryOf<'moment'>, index: number) => {
    const history = historyOf(runId)
    const closed = history?.spans.find(({ opened }) => opened.eventId === eventId)?.closed
    const next = reached.slice(index + 1).find((one) => one.runId === runId)
    return (
      history !== undefined && closed !== undefined && next !== undefined && history.at(closed) <= next.atMs
    )
  }
  return reached.filter(
    (moment, index) => moment.lasting && moment.eventId !== null && !isStage(moment, index),
  )
}

interface Claim {
  readonly name: string
  readonly runId: string
  readonly eventId: string | null
}

function whyNotOpen({ name, runId, eventId }: Claim, atMs: number, analysis: RunAnalysis): string[] {
  const history = analysis.historyOf(runId)
  const span = history?.spans.find(({ opened }) => opened.eventId === eventId)
  if (history === undefined || span === undefined) {
    return [`${name} was seen, but event ${eventId ?? '?'} is not in the final history`]
  }
  if (span.closed === undefined) return []
  const lateMs = atMs - history.at(span.closed)
  return lateMs < 0 ? [] : [`${eventName(span.closed)} was ${lateMs.toFixed(0)} ms before`]
}
