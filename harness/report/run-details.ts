// Everything a reader needs to know about a run that did not pass, as labelled lines for JUnit and the
// console.
import { formatDuration } from '../core/duration.ts'
import { faultLabel } from '../record/fault.ts'
import {
  worstObligationOf,
  type CampaignResult,
  type Cause,
  type FaultResult,
  type RunResult,
  type ScenarioResult,
} from '../result/campaign-result.ts'
import { findingsOf } from '../result/check-result.ts'
import { describeChecks } from './check-summary.ts'
import { downtimeMs, drainMs } from './downtime.ts'
import { describeMachine } from './machine-texts.ts'
import { replayCommand, rerunCommand } from './rerun.ts'

export interface DetailLine {
  readonly label: string
  readonly text: string
}

/** The cause of the run's recovery: that of its worst obligation; null if none was measured or found. */
export function worstCause(run: RunResult): Cause | null {
  return worstObligationOf(run)?.cause ?? null
}

/** `retry backoff, 8.00 s (retry.initialInterval): 8.00 s before attempt 2, attempt 1 failed with "503"` */
export function describeCause(cause: Cause): string {
  const setting = cause.setting === null ? '' : ` (${cause.setting})`
  const seen = cause.detail === undefined ? '' : `: ${cause.detail}`
  return `${cause.name}, ${formatDuration(cause.observedMs)}${setting}${seen}`
}

function values(record: Readonly<Record<string, unknown>>): string {
  return Object.entries(record)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ')
}

function findings(run: RunResult): DetailLine[] {
  return findingsOf(run.checks).flatMap(({ check, message, code, hint }) => [
    { label: check, text: code === undefined ? message : `${message} [${code}]` },
    ...(hint === undefined ? [] : [{ label: 'hint', text: hint }]),
  ])
}

function faults(run: RunResult): DetailLine[] {
  return run.faults.map((fault) => {
    const { evidence, startedAtMs } = fault
    const text = `${faultLabel(fault)} at ${formatDuration(startedAtMs)}, ${course(fault)}; ${values(evidence)}`
    return { label: 'fault', text: text.replace(/; $/, '') }
  })
}

/** The outcome of a fault: `confirmed after 4 ms, away for 980 ms`, `drain 3.30 s`. */
function course(fault: FaultResult): string {
  const { startedAtMs, confirmedAtMs, outageMs } = fault
  if (confirmedAtMs === null) return 'never confirmed'
  const drain = drainMs(fault)
  const away = downtimeMs(fault)
  const first =
    drain === null
      ? `confirmed after ${formatDuration(confirmedAtMs - startedAtMs)}`
      : `drain ${formatDuration(drain)}`
  if (outageMs === null) return `${first}, and never ready again`
  return away === null ? first : `${first}, away for ${formatDuration(away)}`
}

function recovery(scenario: ScenarioResult, run: RunResult): DetailLine[] {
  if (run.recoveryMs === null) return [{ label: 'recovery', text: 'not measured' }]
  const cause = worstCause(run)
  const because = cause === null ? '' : `; cause: ${describeCause(cause)}`
  const text = `${formatDuration(run.recoveryMs)}, ${formatDuration(scenario.budgetMs)} allowed${because}${queued(run)}`
  return [{ label: 'recovery', text }]
}

/** The longest wait that does not count, since the fault did not make it. */
function queued({ obligations }: RunResult): string {
  const [longest] = obligations
    .filter(({ queuedMs }) => queuedMs !== undefined)
    .toSorted((a, b) => (b.queuedMs ?? 0) - (a.queuedMs ?? 0))
  if (longest?.queuedMs === undefined) return ''
  return `; not counted: ${longest.subject} of ${longest.workflowId} waited ${formatDuration(longest.queuedMs)} for a free slot, as it does without a fault`
}

function probes(run: RunResult): DetailLine[] {
  const text = run.probes.map(({ probe, waitedMs }) => `${probe} ${formatDuration(waitedMs)}`).join(', ')
  return text === '' ? [] : [{ label: 'probes', text: `after the heal: ${text}` }]
}

function virtualTime({ virtualMs }: RunResult): DetailLine[] {
  if (virtualMs === 0) return []
  return [
    { label: 'virtual', text: `the server skipped ${formatDuration(virtualMs)} of the workflow's time` },
  ]
}

/** No findings: the ledger refused them. */
function lateCalls({ effects }: RunResult): DetailLine[] {
  return (effects.late ?? []).map((text) => ({ label: 'effects', text }))
}

function clock({ clockErrorMs }: RunResult): DetailLine[] {
  if (clockErrorMs === null) return []
  const text = `figures are exact to ${formatDuration(Math.ceil(clockErrorMs))}`
  return [{ label: 'clock', text }]
}

function machine({ machine: seen }: RunResult): DetailLine[] {
  return seen === undefined ? [] : [{ label: 'machine', text: describeMachine(seen) }]
}

function checks(run: RunResult): DetailLine[] {
  return run.checks.length === 0 ? [] : [{ label: 'checks', text: describeChecks(run.checks) }]
}

export interface RunPlace {
  readonly campaign: CampaignResult['campaign']
  readonly scenario: ScenarioResult
  /** The location of the run's record, as it is shown. */
  readonly record: string
  /** That is a path from where the user is, and not one in a report that may lie anywhere. */
  readonly isRecordHere: boolean
}

/** By its plan if that can be found from here, and from its seed if the seed draws the same choices. */
function again(run: RunResult, { campaign, scenario, record, isRecordHere }: RunPlace): DetailLine[] {
  const text = [
    ...(isRecordHere || run.edited !== undefined ? [replayCommand(campaign, record)] : []),
    ...(run.edited === undefined ? [rerunCommand(campaign, scenario.name, run.run)] : []),
  ]
  return [{ label: 'again', text: text.join('\n') }]
}

/** Findings first, then the course of the run, then its record and the rerun command. */
export function runDetails(run: RunResult, place: RunPlace): DetailLine[] {
  const { scenario, record } = place
  const drawn = values(run.choices)
  return [
    ...findings(run),
    ...checks(run),
    ...faults(run),
    ...recovery(scenario, run),
    ...probes(run),
    ...lateCalls(run),
    ...virtualTime(run),
    ...clock(run),
    ...machine(run),
    ...(drawn === '' ? [] : [{ label: run.edited === undefined ? 'drawn' : 'given', text: drawn }]),
    { label: 'record', text: record },
    ...again(run, place),
  ]
}

/**
 * One line for each entry, with the labels in a column. Further lines of a text are indented to the column of
 * the texts.
 */
export function renderDetails(lines: readonly DetailLine[], paintLabel = (label: string) => label): string {
  const width = Math.max(0, ...lines.map(({ label }) => label.length))
  return lines
    .map(({ label, text }) => {
      const padding = ' '.repeat(width - label.length + 2)
      return `${paintLabel(label)}${padding}${text.replaceAll('\n', `\n${' '.repeat(width + 2)}`)}`
    })
    .join('\n')
}
