// Late findings that say nothing about the system, because the machine was starved or the harness stood still while
// something should have happened. Only findings of kind liveness have excuses: what is lost is lost on any machine.
import type { RunAnalysis } from '../analysis/analyse.ts'
import type { WindowLoad } from '../analysis/machine.ts'
import { formatDuration } from '../core/duration.ts'
import { percent } from '../core/percent.ts'
import type { CheckResult, Excuse, Finding, TimeWindow } from '../result/check-result.ts'

/**
 * From which share of a window on the machine was starved. By measurement: docs/trust.md has the figures of quiet
 * and loaded machines.
 */
export const starvedFrom = {
  /** The run's own processes waited for cores that others used. */
  waiting: 0.25,
  /** Some process of the machine waited for the disk. A database that commits makes some of it on any machine. */
  io: 0.5,
  /** Some process of the machine waited for memory. A machine with enough of it has none. */
  memory: 0.1,
} as const

/** The harness must have missed this share of the budget, or of the window if that is shorter. */
const standstillFrom = 0.2

/**
 * Lost time costs more than itself, since a poll or call that fails is repeated after a pause that doubles each time
 * (SDK Core: from 200 ms to 10 s). So an excuse holds for half as much again as was lost.
 */
const costOfLostTime = 1.5

/** Codes of findings about something that happened, and not about something that came late. */
const happened: ReadonlySet<string | undefined> = new Set(['CHAOS_WORKER_DIED'])

/** The findings with what excuses them; everything else stays as it is. */
export function withExcuses(checks: readonly CheckResult[], analysis: RunAnalysis): CheckResult[] {
  return checks.map((check) => ({
    ...check,
    findings: check.findings.map((finding) => {
      const isLate =
        finding.kind === 'liveness' && finding.decidedBySetting === undefined && !happened.has(finding.code)
      const excuse = isLate ? excuseFor(finding, analysis) : undefined
      return excuse === undefined ? finding : { ...finding, excuse }
    }),
  }))
}

/** Of two excuses the one that cost more time counts. */
function excuseFor(finding: Finding, analysis: RunAnalysis): Excuse | undefined {
  const window = finding.window ?? sinceFirstFault(analysis)
  const lost = [starvationIn(window, analysis), standstillIn(window, finding, analysis)]
  // Without an allowed time, what was lost must be a good part of the window itself; the limits see to that.
  const explains = ({ lostMs }: Lost) =>
    finding.lateByMs === undefined || lostMs * costOfLostTime >= finding.lateByMs
  return lost
    .filter((one) => one !== undefined && explains(one))
    .toSorted((a, b) => (b?.lostMs ?? 0) - (a?.lostMs ?? 0))[0]?.excuse
}

interface Lost {
  readonly lostMs: number
  readonly excuse: Excuse
}

function starvationIn(window: TimeWindow, { machine }: RunAnalysis): Lost | undefined {
  const load = machine.within(window)
  const starved = load === undefined ? undefined : starvationOf(load)
  if (starved === undefined) return undefined
  const lengthMs = window.untilMs - window.fromMs
  const figures = `${starved.what} ${percent(starved.share)} of ${formatDuration(lengthMs)}${besides(load)}`
  const excuse: Excuse = { verdict: 'inconclusive', why: `the machine was starved (${figures})` }
  return { lostMs: starved.share * lengthMs, excuse }
}

function standstillIn(
  window: TimeWindow,
  { lateByMs }: Finding,
  { machine, record }: RunAnalysis,
): Lost | undefined {
  const lengthMs = window.untilMs - window.fromMs
  const lostMs = machine.standstillMs(window)
  const { budgetMs } = record.header
  const leastMs = standstillFrom * (lateByMs === undefined ? lengthMs : Math.min(budgetMs, lengthMs))
  if (lostMs === 0 || lostMs < leastMs) return undefined
  const why = `the harness stood still for ${formatDuration(lostMs)} of ${formatDuration(lengthMs)}`
  return { lostMs, excuse: { verdict: 'error', why } }
}

function sinceFirstFault({ outages, endedMs }: RunAnalysis): TimeWindow {
  return { fromMs: outages[0]?.fromMs ?? 0, untilMs: endedMs }
}

interface Starvation {
  readonly what: string
  readonly share: number
}

/** The greatest of what is over its limit; undefined if nothing is. */
function starvationOf({ waiting, pressure }: WindowLoad): Starvation | undefined {
  const seen = [
    { what: 'its processes waited for a core for', share: waiting ?? 0, from: starvedFrom.waiting },
    { what: 'IO pressure', share: pressure?.io ?? 0, from: starvedFrom.io },
    { what: 'memory pressure', share: pressure?.memory ?? 0, from: starvedFrom.memory },
  ]
  return seen.filter(({ share, from }) => share >= from).toSorted((a, b) => b.share - a.share)[0]
}

function besides(load: WindowLoad | undefined): string {
  if (load === undefined) return ''
  const { pressure } = load
  const cpu = pressure === null ? '' : `, CPU pressure ${percent(pressure.cpu)}`
  return `${cpu}, load ${load.load.toFixed(1)}`
}
