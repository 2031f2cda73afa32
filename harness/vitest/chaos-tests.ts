// `chaosTests`: scenarios in a vitest suite, with one named test for each run.
import path from 'node:path'
import { afterAll, test, type TestContext } from 'vitest'
import { initialState } from '../campaign/campaign.ts'
import type { PlannedRun } from '../campaign/plan.ts'
import { campaignResult } from '../campaign/result.ts'
import { partByBackend } from '../scenario/availability.ts'
import { failureOf } from './failure.ts'
import {
  againCommand,
  suiteBackend,
  suiteSettings,
  type ChaosTestsOptions,
  type SuiteSettings,
} from './settings.ts'
import { SuiteRuns } from './suite-runs.ts'

export type { ChaosTestsOptions } from './settings.ts'

/** Beyond the time of a run itself: for the bundle, for a cluster, and for other runs that inject faults. */
const preparingMs = 300_000
const closingMs = 60_000

/**
 * Registers one test for each run, `kill-worker-mid-sleep #3`, where it is called: in a file or in a
 * `describe`. Runs share the suite's cluster concurrently; runs that inject faults into the cluster get their
 * own, one after the other. A run that does not pass fails its test with the command line's message; it is
 * never retried. A scenario that the suite's clusters cannot run is a skipped test, with the reason in its
 * name.
 * @throws UsageError
 */
export function chaosTests(options: ChaosTestsOptions): void {
  const { available, skipped } = partByBackend(options.scenarios, suiteBackend)
  // oxlint-disable-next-line vitest/no-disabled-tests -- its clusters cannot do it: shown, and not run
  for (const { scenario, reason } of skipped) test.skip(`${scenario}: ${reason}`, () => {})
  if (available.length === 0 && skipped.length > 0) return
  const settings = suiteSettings({ ...options, scenarios: available }, process.env)
  const runs = new SuiteRuns(settings)
  afterAll(() => runs[Symbol.asyncDispose](), closingMs)
  for (const planned of settings.plan.runs) {
    const { scenario, run } = planned
    const concurrent = scenario.isolation === 'shared'
    const timeout = scenario.deadlineMs + preparingMs
    // oxlint-disable-next-line vitest/expect-expect -- what it asserts is the run's verdict
    test(`${scenario.name} #${run}`, { concurrent, retry: 0, timeout }, testOf(planned, runs, settings))
  }
}

function testOf(planned: PlannedRun, runs: SuiteRuns, settings: SuiteSettings) {
  return async ({ signal, task }: TestContext): Promise<void> => {
    const run = await runs.execute(planned, signal)
    if (run.verdict === 'pass') return
    const plan = { ...settings.plan, runs: [planned] }
    const state = initialState({ plan, config: settings.config, id: runs.id })
    throw failureOf({
      result: campaignResult({ ...state, finished: [{ scenario: planned.scenario.name, result: run }] }),
      run,
      record: shown(path.join(runs.folder, run.folder)),
      again: againCommand(settings, planned, shown(task.file.filepath)),
    })
  }
}

/** The path as it can be typed in vitest's working directory. */
function shown(file: string): string {
  return path.relative(process.cwd(), file)
}
