// Figures besides recovery: the speed of work without faults, waits of clients after the heal, downtime of
// targets, skipped time, and use of the machine.
import Table from 'cli-table3'
import { max, median } from 'simple-statistics'
import { formatDuration } from '../../core/duration.ts'
import type { ProbeKind } from '../../record/probe-kind.ts'
import type { CampaignResult, RunResult, ScenarioResult } from '../../result/campaign-result.ts'
import { downtimeMs, drainMs } from '../downtime.ts'
import { plain, type Paint } from './paint.ts'
import { nameCell } from './table-cell.ts'

const probeKinds = ['query', 'signal', 'update', 'new-workflow'] as const satisfies readonly ProbeKind[]

function shown(values: readonly number[]): string {
  return values.length === 0 ? '-' : formatDuration(median([...values]))
}

function known(values: readonly (number | null)[]): number[] {
  return values.filter((value) => value !== null)
}

function probed(runs: readonly RunResult[], kind: ProbeKind): number[] {
  return runs.flatMap(({ probes }) =>
    probes.flatMap(({ probe, waitedMs }) => (probe === kind ? [waitedMs] : [])),
  )
}

/**
 * The downtime of each fault's target and, on their own lines, the drains of workers that were told to stop.
 */
function absence(runs: readonly RunResult[]): string {
  const faults = runs.flatMap((run) => run.faults)
  const away = known(faults.map(downtimeMs))
  const drains = known(faults.map(drainMs))
  if (drains.length === 0) return shown(away)
  return [...(away.length === 0 ? [] : [shown(away)]), 'drain', shown(drains)].join('\n')
}

/** Explains the table's columns, and lines that only some campaigns have. */
function legend(scenarios: readonly ScenarioResult[]): string {
  const runs = scenarios.flatMap((scenario) => scenario.runs)
  const isDrained = runs.some(({ faults }) => faults.some((fault) => drainMs(fault) !== null))
  const drain = isDrained ? ' Drain: a worker that was told to stop, from SIGTERM to its exit.' : ''
  const skipped = scenarios.flatMap(({ name, runs }) => {
    const virtual = runs.map(({ virtualMs }) => virtualMs).filter((ms) => ms > 0)
    return virtual.length === 0 ? [] : [`${shown(virtual)} of each run of ${name}`]
  })
  return [
    'Baseline: start of a workflow to its first task, a whole workflow of one activity. Right after the heal: a query, a ' +
      'signal, an update, a new workflow.',
    `Away: a fault’s target, until it was ready again.${drain} Redone: at most, by activities whose attempt was lost.`,
    ...(skipped.length === 0 ? [] : [`Virtual time, in no figure: ${skipped.join(', ')}.`]),
  ].join('\n')
}

function row({ name, runs }: ScenarioResult, nameWidth: number): string[] {
  const baseline = runs.map((run) => run.baseline)
  const redone = runs.flatMap(({ obligations }) => known(obligations.map(({ redoneMs }) => redoneMs)))
  return [
    nameCell(name, nameWidth - 2),
    shown(known(baseline.map(({ startLatencyMs }) => startLatencyMs))),
    shown(known(baseline.map(({ endToEndMs }) => endToEndMs))),
    ...probeKinds.map((kind) => shown(probed(runs, kind))),
    absence(runs),
    redone.length === 0 ? '-' : formatDuration(max(redone)),
  ]
}

/** Medians by scenario, at most 100 columns wide; empty if nothing was run. */
export function besidesTable({ scenarios }: CampaignResult, paint: Paint = plain): string {
  const executed = scenarios.filter(({ runs }) => runs.length > 0)
  if (executed.length === 0) return ''
  const nameWidth = Math.min(26, Math.max(10, ...executed.map(({ name }) => name.length + 2)))
  const table = new Table({
    head: ['medians', 'start', 'work', 'query', 'signal', 'update', 'new', 'away', 'redone'].map((title) =>
      paint('bold', title),
    ),
    colWidths: [nameWidth, 8, 8, 8, 8, 8, 8, 8, 8],
    colAligns: ['left', ...Array.from({ length: 8 }, () => 'right' as const)],
    wordWrap: true,
    style: { head: [], border: [] },
  })
  table.push(...executed.map((scenario) => row(scenario, nameWidth)))
  return `${table.toString()}\n${paint('dim', legend(executed))}`
}

/** The peak use of each process over all runs: `worker-1 95 % 210 MB`; empty if nothing was measured. */
export function resourcesLine({ scenarios }: CampaignResult): string {
  const all = scenarios.flatMap(({ runs }) => runs.flatMap(({ resources }) => resources))
  const parts = [...Map.groupBy(all, ({ process }) => process)].map(([process, samples]) => {
    const cpu = max(samples.map(({ cpuPercentMax }) => cpuPercentMax))
    const memory = max(samples.map(({ memoryBytesMax }) => memoryBytesMax))
    return `${process} ${cpu.toFixed(0)} % ${(memory / 1e6).toFixed(0)} MB`
  })
  return parts.length === 0 ? '' : `peak use, of one core and of memory: ${parts.join(', ')}`
}
