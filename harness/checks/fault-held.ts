// A fault must last until it is healed, and a dead worker must stay dead. Whoever is seen at work meanwhile shows that the
// fault hit something else: a wrapper, or nothing at all.
import type { RunAnalysis } from '../analysis/analyse.ts'
import type { Outage } from '../analysis/outages.ts'
import { formatDuration } from '../core/duration.ts'
import { faultLabel } from '../record/fault.ts'
import { entriesOf, type EntryOf } from '../record/timeline.ts'
import { checkedIf, findings, type Check } from './check.ts'

export const faultHeld: Check = {
  name: 'fault-held',
  promise: 'Nothing of what a fault had stopped was seen at work before its heal.',
  judge(analysis) {
    const stopping = analysis.outages.filter(
      ({ fault }) => stops.has(fault.effect) && isOurs(fault.target.kind),
    )
    const found = stopping.flatMap((outage) => [
      ...processesAlive(outage, analysis),
      ...answers(outage, analysis),
      ...workDone(outage, analysis),
    ])
    const messages = found.map((what) => `the fault did not hold: ${what}`)
    return checkedIf(stopping, findings('assumption', messages), 'no fault stopped a worker or a service')
  },
}

const stops: ReadonlySet<string> = new Set(['dead', 'stopped', 'frozen', 'cut'])

/**
 * What was on its way when the fault struck may arrive this much later, and clocks of the service and the harness may
 * differ a little.
 */
const graceMs = 2_000

function isOurs(kind: string): boolean {
  return kind === 'worker' || kind === 'service'
}

/** A worker's processes that live after its death, or run during its freeze. */
function processesAlive({ fault, faultIndex }: Outage, { record }: RunAnalysis): string[] {
  const looks = entriesOf(record.timeline, 'target-seen').filter((entry) => entry.fault === faultIndex)
  const wrong = looks.find(({ alive, stopped }) => alive > (fault.effect === 'frozen' ? stopped : 0))
  if (wrong === undefined) return []
  const { alive, stopped, pids, atMs } = wrong
  const state =
    fault.effect === 'frozen' ? `${alive - stopped} of its processes ran` : 'it had living processes'
  return [`after ${faultLabel(fault)} ${state} at ${formatDuration(atMs)} (pids ${pids.join(', ')})`]
}

/** Answers of a service that should have been silent. */
function answers({ fault, faultIndex }: Outage, { record }: RunAnalysis): string[] {
  const asked = entriesOf(record.timeline, 'target-asked').filter((entry) => entry.fault === faultIndex)
  const answered = asked.filter((entry) => entry.answered)
  const [first] = answered
  if (first === undefined) return []
  const times = `${answered.length} of ${asked.length} questions`
  return [
    `during ${faultLabel(fault)} ${fault.target.name} answered ${times}, first at ${formatDuration(first.atMs)}`,
  ]
}

/** Work of the incarnation that was dead, or frozen. */
function workDone(outage: Outage, { record, outages, sightings }: RunAnalysis): string[] {
  const { fault } = outage
  if (fault.target.kind !== 'worker' || fault.confirmedAtMs === null) return []
  const healing = entriesOf(record.timeline, 'healing').find((entry) => entry.fault === outage.faultIndex)
  const isForGood = fault.effect === 'dead' || fault.effect === 'stopped'
  const untilMs = isForGood ? Infinity : endOf(outage, healing)
  const late = sightings.filter(
    ({ incarnation, atMs, isPoll = false }) =>
      incarnation === fault.target.name &&
      // The polls of a frozen worker stay open, and the service ends them.
      (isForGood || !isPoll) &&
      atMs < untilMs &&
      atMs > quietFrom(fault.confirmedAtMs ?? 0, atMs, outages),
  )
  const [first] = late
  if (first === undefined) return []
  const more = late.length === 1 ? '' : `, and was at work ${late.length - 1} times more`
  return [`after ${faultLabel(fault)} the worker ${first.did} at ${formatDuration(first.atMs)}${more}`]
}

/** A freeze ends when its heal begins. Without that entry, an old record, it may have ended at once. */
function endOf({ untilMs }: Outage, healing: EntryOf<'healing'> | undefined): number {
  return healing?.atMs ?? (Number.isFinite(untilMs) ? untilMs : 0)
}

/** From when on nothing that was on its way can arrive any more: a service that was down handles it once it is back. */
function quietFrom(confirmedMs: number, seenMs: number, outages: readonly Outage[]): number {
  const down = outages.filter(
    ({ isOfService, fromMs, untilMs }) => isOfService && fromMs < seenMs && untilMs > confirmedMs,
  )
  return Math.max(confirmedMs, ...down.map(({ untilMs }) => untilMs)) + graceMs
}
