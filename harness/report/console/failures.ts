// The runs that did not pass, with everything a reader needs to find out why.
import { join } from 'node:path'
import { consoleTexts } from '../../core/console-text.ts'
import type { CampaignResult, RunResult, ScenarioResult, Verdict } from '../../result/campaign-result.ts'
import { missingRuns, whyMissing } from '../required-runs.ts'
import { rerunCommand } from '../rerun.ts'
import { renderDetails, runDetails, type DetailLine } from '../run-details.ts'
import { plain, type Paint } from './paint.ts'

/** More details than these would only push the first ones off the screen. */
const shownFailures = 10

const colours = {
  pass: 'green',
  fail: 'red',
  inconclusive: 'yellow',
  error: 'magenta',
} as const satisfies Record<Verdict, string>

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

/** `#1, #2, #3`, shortened to at most one line. */
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
 * Every run that did not pass, with the command that repeats it. The first ones also show findings and
 * records. Empty if all runs passed.
 * @param campaignFolder a path that the user can open
 * @param isShown false for runs whose failure is not shown
 */
export function failureBlock(
  given: CampaignResult,
  campaignFolder: string,
  paint: Paint = plain,
  isShown: (run: RunResult) => boolean = () => true,
): string {
  const result = consoleTexts(given)
  const failed = failedRuns(result).filter(({ run }) => isShown(run))
  const detailed = failed.slice(0, shownFailures).map((one) => {
    const { scenario, run } = one
    const record = join(campaignFolder, run.folder)
    const title = `${runTitle(one, paint)}: ${run.reason ?? 'no reason given'}`
    return linesBelow(
      title,
      runDetails(run, { campaign: result.campaign, scenario, record, isRecordHere: true }),
      paint,
    )
  })
  const others = failed
    .slice(shownFailures)
    .map((one) => linesBelow(runTitle(one, paint), [again(result, one.scenario.name, one.run.run)], paint))
  const more = `and ${others.length} more, with details in ${join(campaignFolder, 'junit.xml')}:`
  const brief = others.length === 0 ? [] : [[more, ...others].join('\n')]
  return [...detailed, ...brief, ...notExecuted(result, paint)].join('\n\n')
}
