// The end of a campaign on the console: one table, the failures last, the totals as the last line.
// Pure: text in, text out, so that the same result always reads the same.
import { join } from 'node:path'
import Table from 'cli-table3'
import { sum } from 'simple-statistics'
import { formatDuration } from '../../core/duration.ts'
import type { CampaignResult, RunResult, ScenarioResult, Verdict } from '../../result/campaign-result.ts'
import { plain, type Paint } from './paint.ts'
import { missingRuns, whyMissing } from '../required-runs.ts'
import { rerunCommand } from '../rerun.ts'
import { renderDetails, runDetails, worstCause, type DetailLine } from '../run-details.ts'
import { proves, recoveryP95Ms } from '../statistics.ts'

const tableWidth = 100
const figureWidth = 9

/** The details of more than these only push the first ones off the screen. */
const shownFailures = 10

const colours = {
  pass: 'green',
  fail: 'red',
  inconclusive: 'yellow',
  error: 'magenta',
} as const satisfies Record<Verdict, string>

function figure(ms: number | null): string {
  return ms === null ? '-' : formatDuration(ms)
}

function causeOf(scenario: ScenarioResult): string {
  const [slowest] = scenario.runs.toSorted((a, b) => (b.recoveryMs ?? -1) - (a.recoveryMs ?? -1))
  const cause = slowest === undefined ? null : worstCause(slowest)
  return cause === null ? '-' : `${cause.name}, ${formatDuration(cause.observedMs)}`
}

function row(scenario: ScenarioResult, withP95: boolean, paint: Paint): string[] {
  const { required } = scenario
  const { passed, minMs, medianMs, maxMs } = scenario.stats
  const p95 = withP95 ? [figure(recoveryP95Ms(scenario))] : []
  return [
    scenario.name,
    paint(passed === required ? 'green' : 'red', `${passed}/${required}`),
    figure(minMs),
    figure(medianMs),
    ...p95,
    figure(maxMs),
    causeOf(scenario),
  ]
}

/** One line for a scenario that is left out. */
export function describeSkipped({ scenario, reason }: CampaignResult['gate']['skipped'][number]): string {
  return `skipped ${scenario}: ${reason}`
}

/** Scenario, passed/required, recovery and its cause, at most 100 columns wide; then what was skipped and why. */
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
  table.push(...result.scenarios.map((scenario) => row(scenario, withP95, paint)))
  const skipped = result.gate.skipped.map(describeSkipped)
  return [...(result.scenarios.length === 0 ? [] : [table.toString()]), ...skipped].join('\n')
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ')
}

function linesBelow(title: string, details: readonly DetailLine[], paint: Paint): string {
  return `${title}\n${indented(renderDetails(details, (label) => paint('dim', label)))}`
}

interface FailedRun {
  readonly scenario: ScenarioResult
  readonly run: RunResult
}

function failedRuns({ scenarios }: CampaignResult): FailedRun[] {
  return scenarios.flatMap((scenario) =>
    scenario.runs.filter(({ verdict }) => verdict !== 'pass').map((run) => ({ scenario, run })),
  )
}

function runTitle({ scenario, run }: FailedRun, paint: Paint): string {
  return paint(['bold', colours[run.verdict]], `${scenario.name} #${run.run} ${run.verdict}`)
}

/** `#1, #2, #3`, and no more than a line of them. */
function numbersOf(runs: readonly number[]): string {
  const shown = runs.slice(0, shownFailures).map((run) => `#${run}`)
  return [...shown, ...(runs.length > shown.length ? [`... (${runs.length} runs)`] : [])].join(', ')
}

function again({ campaign }: CampaignResult, scenario: string, run: number): DetailLine {
  return { label: 'again', text: rerunCommand(campaign, scenario, run) }
}

function notExecuted(result: CampaignResult, paint: Paint): string[] {
  return result.scenarios.flatMap((scenario) => {
    const { name } = scenario
    const runs = missingRuns(result, scenario).map(({ run }) => run)
    const first = runs[0]
    if (first === undefined) return []
    const title = paint(['bold', 'yellow'], `${name} ${numbersOf(runs)} not executed`)
    return [linesBelow(`${title}: ${whyMissing(result)}`, [again(result, name, first)], paint)]
  })
}

/**
 * Every run that did not pass, with the command that runs it again, and the first of them with their findings and records;
 * empty where all passed.
 * @param campaignFolder as it should be shown, a path that the user can open
 * @param isShown false for runs whose failure is nothing to be told
 */
export function failureBlock(
  result: CampaignResult,
  campaignFolder: string,
  paint: Paint = plain,
  isShown: (run: RunResult) => boolean = () => true,
): string {
  const failed = failedRuns(result).filter(({ run }) => isShown(run))
  const detailed = failed.slice(0, shownFailures).map((one) => {
    const { scenario, run } = one
    const record = join(campaignFolder, run.folder)
    const title = `${runTitle(one, paint)}: ${run.reason ?? 'no reason given'}`
    return linesBelow(title, runDetails(run, { campaign: result.campaign, scenario, record }), paint)
  })
  const others = failed
    .slice(shownFailures)
    .map((one) => linesBelow(runTitle(one, paint), [again(result, one.scenario.name, one.run.run)], paint))
  const more = `and ${others.length} more, told in full in ${join(campaignFolder, 'junit.xml')}:`
  const brief = others.length === 0 ? [] : [[more, ...others].join('\n')]
  return [...detailed, ...brief, ...notExecuted(result, paint)].join('\n\n')
}

/** What the passes prove; empty unless every required run passed. */
export function proof({ gate, scenarios }: CampaignResult): string {
  const [first, ...others] = scenarios
  if (!gate.ok || first === undefined) return ''
  if (others.length === 0) return proves(first.required)
  // A soak comes to some scenarios more often than to others: what it proves is about a scenario drawn at random.
  const isEven = others.every(({ required }) => required === first.required)
  return isEven
    ? `each scenario ${proves(first.required)}`
    : `scenarios drawn at random: ${proves(gate.required)}`
}

/** The last line. Whatever did not pass has failed here: a run that proved nothing must not look like a success. */
export function totals(result: CampaignResult): string {
  const { passed, required } = result.gate
  return `${passed} passed, ${required - passed} failed`
}
