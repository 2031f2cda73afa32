// Combines the results of one campaign per profile into a comparison.
import { median, sum } from 'simple-statistics'
import type { Compared, ComparedCause, Comparison } from '../result/comparison.ts'
import type { CampaignResult, RunResult, ScenarioResult } from '../result/campaign-result.ts'
import { findingsOf } from '../result/check-result.ts'
import { worstCause } from './run-details.ts'

export interface ComparisonPlace {
  readonly id: string
  /** The requested profiles. Each name is also that of the folder with its reports. */
  readonly profiles: readonly string[]
}

/** @param results one for each profile that was run, in the order of the profiles; at least one */
export function compareResults(
  results: readonly [CampaignResult, ...CampaignResult[]],
  { id, profiles }: ComparisonPlace,
): Comparison {
  const [{ campaign, scenarios }] = results
  const { startedAt, seed, backend, versions, host } = campaign
  return {
    schema: 1,
    comparison: {
      id,
      startedAt,
      seed,
      backend,
      runs: scenarios[0]?.required ?? 0,
      profiles: profiles.map((name) => ({ name, folder: name })),
      versions,
      host,
    },
    scenarios: scenarios.map(({ name, promise, budgetMs }) => ({
      name,
      promise,
      budgetMs,
      profiles: results.flatMap((result) =>
        result.scenarios
          .filter((scenario) => scenario.name === name)
          .map((scenario) => comparedOf(result.campaign.profile, scenario)),
      ),
    })),
    complete: results.length === profiles.length && results.every(isJudged),
  }
}

/** Whether every required run was executed, and kept its promise or broke it. */
export function isJudged({ scenarios, gate }: CampaignResult): boolean {
  const isDecided = scenarios.every(({ runs }) =>
    runs.every(({ verdict }) => verdict === 'pass' || verdict === 'fail'),
  )
  return gate.stopped === null && gate.required > 0 && gate.executed === gate.required && isDecided
}

/**
 * Whether something was lost, done twice or reordered. A profile's settings may excuse slowness, but never
 * this.
 */
export function isUnsafe({ verdict, checks }: RunResult): boolean {
  return verdict === 'fail' && findingsOf(checks).some(({ kind }) => kind === 'safety')
}

function comparedOf(profile: string, { required, runs, stats }: ScenarioResult): Compared {
  const { n, passed, minMs, medianMs, maxMs } = stats
  const pointsMs = runs.map(({ recoveryMs }) => recoveryMs).filter((ms) => ms !== null)
  return {
    profile,
    required,
    executed: n,
    passed,
    recovery: { minMs, medianMs, maxMs, pointsMs, unmeasured: n - pointsMs.length },
    causes: causesOf(runs),
    costs: {
      workflowTasksTimedOut: sum(runs.map(({ retries }) => retries?.workflowTasksTimedOut ?? 0)),
      activityAttempts: sum(runs.map(({ retries }) => retries?.activityAttempts ?? 0)),
      redoneMs: sum(runs.flatMap(({ obligations }) => obligations.map(({ redoneMs }) => redoneMs ?? 0))),
    },
  }
}

function causesOf(runs: readonly RunResult[]): ComparedCause[] {
  const worst = runs.map(worstCause).filter((cause) => cause !== null)
  return [...Map.groupBy(worst, ({ name }) => name)]
    .map(([name, causes]) => ({
      name,
      setting: causes[0]?.setting ?? null,
      runs: causes.length,
      observedMs: median(causes.map(({ observedMs }) => observedMs)),
    }))
    .toSorted((a, b) => b.runs - a.runs || a.name.localeCompare(b.name))
}
