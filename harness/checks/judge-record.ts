// Judges a record: checks, recovery and verdict, only from files on disk.
import { z } from 'zod'
import { analyse, type RunAnalysis } from '../analysis/analyse.ts'
import { baselineOf } from '../analysis/baseline.ts'
import { lateCallsOf } from '../analysis/late-calls.ts'
import { machineResult } from '../analysis/machine.ts'
import { faultResults } from '../analysis/outages.ts'
import { retriesOf } from '../analysis/retries.ts'
import { settingsSeenIn } from '../analysis/settings-seen.ts'
import { messageOf } from '../core/errors.ts'
import { invalid } from '../record/read-files.ts'
import { observationsOf, type RunRecord } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'
import type { RunResult } from '../result/campaign-result.ts'
import { checkAnswerSchema, findingsOf, type CheckAnswer, type CheckResult } from '../result/check-result.ts'
import { checksFor } from './catalogue.ts'
import { findings, notChecked, type Check } from './check.ts'
import { withExcuses } from './excuses.ts'
import { stateTable } from './state-table.ts'
import { judge } from './verdict.ts'
import { withoutRepetition } from './without-repetition.ts'

/**
 * Pure: the same record and checks give the same result.
 * @param folder the record's folder, relative to the campaign's
 * @param own the checks that the run's scenario itself defines
 * @throws ChaosError `CHAOS_RECORD_INVALID` if a history has a value that Temporal does not write
 */
export function judgeRecord(record: RunRecord, folder: string, own: readonly Check[] = []): RunResult {
  const { header, timeline } = record
  const analysis = analysed(record, folder)
  const asked = checksFor(header.checks, own)
  const checks = withExcuses(
    asked.map((check) => resultOf(check, analysis)),
    analysis,
  )
  const { obligations, worstObligation } = analysis
  const machine = machineResult(analysis.machine, analysis.endedMs)
  const choices = entriesOf(timeline, 'choice')
  const edited = choices.filter(({ drawn }) => drawn !== undefined).map(({ name }) => name)
  return {
    run: header.run,
    seed: header.seed,
    ...judge(findingsOf(checks)),
    durationMs: timeline.at(-1)?.atMs ?? 0,
    virtualMs: analysis.skippedMs,
    clockErrorMs: observationsOf(record, 'clock').at(-1)?.errorMs ?? null,
    checks,
    state: stateTable(asked, checks),
    faults: faultResults(analysis.outages),
    obligations: [...obligations],
    worstObligation,
    recoveryMs: worstObligation === null ? null : (obligations[worstObligation]?.recoveryMs ?? null),
    probes: [...analysis.probes],
    baseline: baselineOf(analysis),
    resources: observationsOf(record, 'resources').flatMap(({ resources }) => resources),
    ...(machine === undefined ? {} : { machine }),
    effects: {
      accepted: record.effects.filter(({ outcome }) => outcome === 'new').length,
      repeated: record.effects.filter(({ outcome }) => outcome !== 'new').length,
      late: lateCallsOf(analysis.effectCalls),
    },
    retries: retriesOf(analysis),
    settingsSeen: settingsSeenIn(analysis),
    choices: Object.fromEntries(choices.map(({ name, value }) => [name, value])),
    ...(edited.length === 0 ? {} : { edited }),
    folder,
  }
}

function analysed(record: RunRecord, folder: string): RunAnalysis {
  try {
    return analyse(record)
  } catch (thrown) {
    if (!(thrown instanceof z.ZodError)) throw thrown
    throw invalid(`the record in ${folder} is not valid: ${z.prettifyError(thrown)}`, thrown)
  }
}

function resultOf(check: Check, analysis: RunAnalysis): CheckResult {
  return { check: check.name, ...answerOf(check, analysis) }
}

/** A check that throws, or gives an invalid answer, must not hide the findings of the others. */
function answerOf(check: Check, analysis: RunAnalysis): CheckAnswer {
  try {
    const answer = checkAnswerSchema.safeParse(check.judge(analysis))
    if (answer.success) return { ...answer.data, findings: withoutRepetition(answer.data.findings) }
    throw new Error(`its answer is not valid: ${z.prettifyError(answer.error)}`)
  } catch (thrown) {
    const why = `the check failed with an error: ${messageOf(thrown)}`
    return notChecked(why, findings('harness', [why]))
  }
}
