// The table at the end of a campaign: passes and recovery of each scenario, and what recovery waited for.
import Table from 'cli-table3'
import { sum } from 'simple-statistics'
import { formatDuration } from '../../core/duration.ts'
import type { CampaignResult, ScenarioResult } from '../../result/campaign-result.ts'
import { worstCause } from '../run-details.ts'
import { recoveryP95Ms } from '../statistics.ts'
import { plain, type Paint } from './paint.ts'
import { cell, nameCell } from './table-cell.ts'

const tableWidth = 100
const figureWidth = 9

function figure(ms: number | null): string {
  return ms === null ? '-' : formatDuration(ms)
}

function causeOf(scenario: ScenarioResult): string {
  const [slowest] = scenario.runs.toSorted((a, b) => (b.recoveryMs ?? -1) - (a.recoveryMs ?? -1))
  const cause = slowest === undefined ? null : worstCause(slowest)
  return cause === null ? '-' : cell(`${cause.name}, ${formatDuration(cause.observedMs)}`)
}

function row(scenario: ScenarioResult, nameWidth: number, withP95: boolean, paint: Paint): string[] {
  const { required } = scenario
  const { passed, minMs, medianMs, maxMs } = scenario.stats
  const p95 = withP95 ? [figure(recoveryP95Ms(scenario))] : []
  return [
    nameCell(scenario.name, nameWidth - 2),
    paint(passed === required ? 'green' : 'red', `${passed}/${required}`),
    figure(minMs),
    figure(medianMs),
    ...p95,
    figure(maxMs),
    causeOf(scenario),
  ]
}

/** One line for a skipped scenario. */
export function describeSkipped({ scenario, reason }: CampaignResult['gate']['skipped'][number]): string {
  return `skipped ${scenario}: ${reason}`
}

/**
 * Scenario, passed/required, recovery and its cause, at most 100 columns wide. Skipped scenarios follow with
 * the reason.
 */
export function summaryTable(result: CampaignResult, paint: Paint = plain): string {
  const withP95 = result.scenarios.some((scenario) => recoveryP95Ms(scenario) !== null)
  const figures = ['recovery min', 'median', ...(withP95 ? ['p95'] : []), 'max']
  const nameWidth = Math.min(36, Math.max(10, ...result.scenarios.map(({ name }) => name.length + 2)))
  const widths = figures.map((title) => Math.max(figureWidth, title.length + 2))
  const fixed = [nameWidth, 'passed'.length + 4, ...widths]
  const borders = fixed.length + 2
  const causeWidth = tableWidth - borders - sum(fixed)
  const table = new Table({
    head: ['scenario', 'passed', ...figures, 'cause'].map((title) => paint('bold', title)),
    colWidths: [...fixed, causeWidth],
    colAligns: ['left', 'right', ...figures.map(() => 'right' as const), 'left'],
    wordWrap: true,
    style: { head: [], border: [] },
  })
  table.push(...result.scenarios.map((scenario) => row(scenario, nameWidth, withP95, paint)))
  const skipped = result.gate.skipped.map(describeSkipped)
  return [...(result.scenarios.length === 0 ? [] : [table.toString()]), ...skipped].join('\n')
}
