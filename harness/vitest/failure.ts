// The error of a test whose run did not pass: what the console says of such a run, with the way to it from vitest.
import { ChaosError } from '../core/errors.ts'
import type { CampaignResult, RunResult } from '../result/campaign-result.ts'
import { renderDetails, runDetails } from '../report/run-details.ts'

export interface FailedRun {
  /** Of this run alone. */
  readonly result: CampaignResult
  readonly run: RunResult
  /** The record's folder, as it is shown. */
  readonly record: string
  /** The command that makes it again. */
  readonly again: string
}

/** Its message is all there is to say: it was raised for a verdict, and no line of code is to blame. */
export function failureOf({ result, run, record, again }: FailedRun): ChaosError {
  const [scenario] = result.scenarios
  if (scenario === undefined) throw new Error('a result without its scenario')
  const details = runDetails(run, { campaign: result.campaign, scenario, record, isRecordHere: true }).map(
    (line) => (line.label === 'again' ? { ...line, text: again } : line),
  )
  const title = `${scenario.name} #${run.run} ${run.verdict}: ${run.reason ?? 'no reason given'}`
  const error = new ChaosError(`${title}\n${renderDetails(details)}`, {
    code: `CHAOS_RUN_${run.verdict.toUpperCase()}`,
    kind: run.verdict === 'fail' ? 'liveness' : 'harness',
  })
  error.stack = `${error.name}: ${error.message}`
  return error
}
