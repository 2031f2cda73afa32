// The order of a run's timeline: time never goes back, what is numbered has no gap, and the end comes once.
import type { RunRecord } from '../../record/record.ts'
import { faultLabel } from '../../record/fault.ts'
import { entriesOf, type TimelineEntry } from '../../record/timeline.ts'
import { miscounted } from './counts.ts'
import { doubled } from './header.ts'

export function timelineDamage({ timeline, opaque }: RunRecord): string[] {
  return [
    ...backwards(timeline.map(({ atMs }) => atMs)).map(
      (index) => `entry ${index + 1} of the timeline is older than the one before it`,
    ),
    ...misnumbered(entriesOf(timeline, 'step').map(({ step }) => step)).map(
      ([place, number]) => `step ${place} carries number ${number}`,
    ),
    ...endDamage(timeline),
    ...countDamage(timeline, new Set(opaque.timeline.map(({ kind }) => kind))),
    ...faultDamage(timeline),
    ...momentDamage(timeline),
    ...spanDamage(timeline),
  ]
}

/** The indices of times that are smaller than the one before. */
export function backwards(timesMs: readonly number[]): number[] {
  return timesMs.flatMap((atMs, index) => (atMs < (timesMs[index - 1] ?? 0) ? [index] : []))
}

/** The first place from 1 whose number is another one. */
export function misnumbered(numbers: readonly number[]): [place: number, number: number][] {
  const index = numbers.findIndex((number, at) => number !== at + 1)
  return index === -1 ? [] : [[index + 1, numbers[index] ?? 0]]
}

const afterTheEnd: ReadonlySet<TimelineEntry['kind']> = new Set(['ended', 'exited', 'left', 'workflow', 'observer-gap', 'lines-dropped', 'error'] as const) // prettier-ignore

function endDamage(timeline: readonly TimelineEntry[]): string[] {
  const ends = entriesOf(timeline, 'ended').length
  const end = timeline.findIndex(({ kind }) => kind === 'ended')
  const late = timeline.slice(end + 1).find(({ kind }) => !afterTheEnd.has(kind))
  return [
    ...(ends === 1 ? [] : [`the scenario ended ${ends} times`]),
    ...(ends === 1 && late !== undefined ? [`"${late.kind}" came after the scenario had ended`] : []),
  ]
}

/** The end says how many entries of each kind came before it; in older records it does not. */
function countDamage(timeline: readonly TimelineEntry[], unknown: ReadonlySet<string>): string[] {
  const end = timeline.findIndex(({ kind }) => kind === 'ended')
  const untilEnd = timeline.slice(0, end + 1)
  const counted = entriesOf(untilEnd, 'ended')[0]?.entries
  if (counted === undefined) return []
  const kinds = untilEnd.slice(0, -1).map(({ kind }) => kind)
  const known = Object.entries(counted).filter(([kind]) => !unknown.has(kind))
  return miscounted('entries', kinds, Object.fromEntries(known))
}

function faultDamage(timeline: readonly TimelineEntry[]): string[] {
  const faults = entriesOf(timeline, 'fault')
  const confirmations = entriesOf(timeline, 'fault-confirmed')
  return [
    ...misnumbered(faults.map(({ fault }) => fault)).map(
      ([place, number]) => `fault ${place} carries number ${number}`,
    ),
    ...doubled(confirmations.map(({ fault }) => String(fault))).map(
      (fault) => `fault ${fault} was confirmed twice`,
    ),
    ...confirmations
      .filter(({ fault, atMs }) => !faults.some((one) => one.fault === fault && one.atMs <= atMs))
      .map(({ fault }) => `fault ${fault} was confirmed before it was injected`),
    ...faults
      .filter(({ fault }) => !confirmations.some((one) => one.fault === fault))
      .map(({ fault, faultKind, target }) => `fault ${fault} (${faultLabel({ kind: faultKind, target })}) was never confirmed`), // prettier-ignore
    ...faults
      .filter(({ target, effect }) => target.kind === 'service' && effect !== 'slow')
      .filter(({ target, atMs }) => !returned(timeline, target.name, atMs))
      .map(({ target }) => `nothing says that ${target.name} served again`),
  ]
}

function returned(timeline: readonly TimelineEntry[], target: string, sinceMs: number): boolean {
  return entriesOf(timeline, 'serving').some((one) => one.target === target && one.atMs >= sinceMs)
}

/** A scenario that came to its end saw every moment that it waited for. The oldest records name no waits. */
function momentDamage(timeline: readonly TimelineEntry[]): string[] {
  const awaited = entriesOf(timeline, 'awaited')
  if (awaited.length === 0) return []
  const subjects = awaited.map(({ subject }) => subject)
  const closings = awaited.filter(({ subject, workflowId }) => isClosingOf(workflowId, subject))
  const moments = timeline.flatMap((entry) =>
    entry.kind === 'moment' || entry.kind === 'moment-passed' ? [entry.name] : [],
  )
  return [
    ...moments
      .filter((name) => !subjects.includes(name))
      .map((name) => `nobody waited for the moment: ${name}`),
    ...subjects
      .filter((subject) => !closings.some((one) => one.subject === subject))
      .filter((subject, at, all) => countOf(subject, all.slice(0, at + 1)) > countOf(subject, moments))
      .map((subject) => `the scenario waited for a moment and went on without it: ${subject}`),
  ]
}

/** Whether the subject is the end of this workflow: `pay-1 to close, which goes on after its parent`. */
export function isClosingOf(workflowId: string, subject: string): boolean {
  const closing = `${workflowId} to close`
  return subject === closing || subject.startsWith(`${closing},`)
}

/** Questions before the run, or after their answer; and more time skipped than was allowed. */
function spanDamage(timeline: readonly TimelineEntry[]): string[] {
  const polling = entriesOf(timeline, 'still-polling')
  const asked = [
    ...entriesOf(timeline, 'still-working'),
    ...entriesOf(timeline, 'target-asked'),
    ...polling.map((one) => ({ ...one, askedMs: one.askedMs ?? one.atMs })),
  ]
  return [
    ...asked
      .filter(({ askedMs, atMs }) => askedMs < 0 || askedMs > atMs)
      .map(({ kind, askedMs }) => `"${kind}" was asked at ${askedMs} ms, out of order`),
    ...entriesOf(timeline, 'time-skipped')
      .filter(({ durationMs, skippedMs }) => skippedMs > durationMs + 1 || skippedMs < 0)
      .map(
        ({ workflowId, durationMs, skippedMs }) =>
          `the server skipped ${skippedMs} ms for ${workflowId}, and ${durationMs} ms were allowed`,
      ),
  ]
}

function countOf(name: string, names: readonly string[]): number {
  return names.filter((one) => one === name).length
}
