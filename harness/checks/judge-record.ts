// Judges a record: checks, recovery and verdict, from what is on disk and nothing else.
import { messageOf } from '../core/errors.ts'
import type { Check } from './check.ts'
import { defaultChecks } from './default-checks.ts'
import { optionalChecks } from './optional-checks.ts'
import { observationsOf, type RunRecord } from '../record/record.ts'
import { entriesOf } from '../record/timeline.ts'
import type { Finding, RunResult } from '../result/campaign-result.ts'
import { obligationsOf, worstRecovery } from '../analysis/obligations.ts'
import { faultResults } from '../analysis/outage.ts'
import { probeResults } from '../analysis/probe-results.ts'
import { baselineOf } from '../analysis/baseline.ts'
import { retriesOf } from '../analysis/retries.ts'
import { judge } from './verdict.ts'
import { skippedMsOf } from '../analysis/skipped-time.ts'

/** @param folder of the record, relative to the campaign's */
export function judgeRecord(
  record: RunRecord,
  folder: string,
  checks: readonly Check[] = defaultChecks,
): RunResult {
  const { header, timeline } = record
  const own = Object.values(optionalChecks).filter(({ name }) => header.checks.includes(name))
  const findings = [...checks, ...own].flatMap((check) => findingsOf(check, record))
  const obligations = obligationsOf(record)
  return {
    run: header.run,
    seed: header.seed,
    ...judge(findings),
    durationMs: timeline.at(-1)?.atMs ?? 0,
    virtualMs: skippedMsOf(record),
    clockErrorMs: observationsOf(record, 'clock').at(-1)?.errorMs ?? null,
    findings,
    faults: faultResults(record),
    obligations,
    recoveryMs: worstRecovery(obligations),
    probes: probeResults(record),
    baseline: baselineOf(record),
    resources: observationsOf(record, 'resources').flatMap(({ resources }) => resources),
    effects: {
      accepted: record.effects.filter(({ outcome }) => outcome === 'new').length,
      repeated: record.effects.filter(({ outcome }) => outcome === 'repeat').length,
    },
    retries: retriesOf(record),
    choices: Object.fromEntries(entriesOf(timeline, 'choice').map(({ name, value }) => [name, value])),
    folder,
  }
}

/** A check that cannot be made must not take with it what the others found. */
function findingsOf(check: Check, record: RunRecord): Finding[] {
  try {
    return check.find(record)
  } catch (thrown) {
    return [
      { check: check.name, kind: 'harness', message: `the check could not be made: ${messageOf(thrown)}` },
    ]
  }
}
