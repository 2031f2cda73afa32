// The error of a test whose run did not pass: the console's text about the run, and how to repeat it in
// vitest.
import { consoleText, consoleTexts } from '../core/console-text.ts'
import { ChaosError } from '../core/errors.ts'
import type { CampaignResult, RunResult } from '../result/campaign-result.ts'
import { renderDetails, runDetails } from '../report/run-details.ts'

export interface FailedRun {
  /** The result with only this run. */
  readonly result: CampaignResult
  readonly run: RunResult
  /** The record's folder, as it is shown. */
  readonly record: string
  /** The command that repeats the run. */
  readonly again: string
}

/** An error without a stack: it stands for a verdict, and no line of code caused it. */
export function failureOf({ result, run, record, again }: FailedRun): ChaosError {
  const [scenario] = result.scenarios
  if (scenario === undefined) throw new Error('a result without its scenario')
  const details = runDetails(consoleTexts(run), {
    campaign: result.campaign,
    scenario,
    record,
    isRecordHere: true,
  }).map((line) => (line.label === 'again' ? { ...line, text: again } : line))
  const title = `${scenario.name} #${run.run} ${run.verdict}: ${consoleText(run.reason ?? 'no reason given')}`
  const error = new ChaosError(`${title}\n${renderDetails(details)}`, {
    code: `CHAOS_RUN_${run.verdict.toUpperCase()}`,
    kind: run.verdict === 'fail' ? 'liveness' : 'harness',
  })
  error.stack = `${error.name}: ${error.message}`
  return error
}
