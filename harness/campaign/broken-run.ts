// A run has a result even if its record could not be written or read.
import { toChaosError } from '../core/errors.ts'
import type { RunResult } from '../result/campaign-result.ts'
import type { PlannedRun } from './plan.ts'

/** @param folder the run's, relative to the campaign's */
export function brokenRun(
  { run, seed }: Pick<PlannedRun, 'run' | 'seed'>,
  folder: string,
  thrown: unknown,
): RunResult {
  const { code, message, hint } = toChaosError(thrown)
  const finding = { kind: 'harness' as const, code, message, ...(hint === undefined ? {} : { hint }) }
  return {
    run,
    seed,
    verdict: 'error',
    reason: message,
    durationMs: 0,
    virtualMs: 0,
    clockErrorMs: null,
    checks: [{ check: 'record', status: 'broken', findings: [finding] }],
    faults: [],
    obligations: [],
    worstObligation: null,
    probes: [],
    baseline: { startLatencyMs: null, endToEndMs: null },
    recoveryMs: null,
    resources: [],
    effects: { accepted: 0, repeated: 0 },
    choices: {},
    folder,
  }
}
