// A campaign's result so far. It is computed again after every run, so that an interrupted campaign also has one.
import { availableParallelism, totalmem } from 'node:os'
import { max, median, min } from 'simple-statistics'
import type { ChaosError } from '../core/errors.ts'
import type { CampaignResult, RunResult, ScenarioResult } from '../result/campaign-result.ts'
import { harnessVersion, sdkVersion } from '../core/versions.ts'
import type { CampaignPlan, PlannedRun } from './plan.ts'

export interface CampaignState {
  readonly id: string
  readonly startedAt: string
  readonly plan: CampaignPlan
  readonly profile: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly consent?: NonNullable<CampaignResult['campaign']['consent']>
  /** As reported by the running server and database; null before that. */
  readonly versions: { readonly server: string | null; readonly postgres: string | null }
  /** In the order in which they were begun. */
  readonly begun: readonly PlannedRun[]
  /** In the order in which they finished, with their scenario's name. */
  readonly finished: readonly { readonly scenario: string; readonly result: RunResult }[]
  /** Why it ended early. */
  readonly stopped: Stop | null
}

export interface Stop {
  readonly reason: 'interrupted' | 'bail' | 'error'
  readonly error: ChaosError
}

export function campaignResult(state: CampaignState): CampaignResult {
  const { plan, finished, stopped } = state
  const asked = askedRuns(state)
  const passed = finished.filter(({ result }) => result.verdict === 'pass').length
  const required = asked.length
  return {
    schema: 2,
    campaign: {
      id: state.id,
      startedAt: state.startedAt,
      seed: plan.seed,
      backend: state.plan.backend,
      profile: state.profile,
      settings: { ...state.settings },
      ...(state.consent === undefined ? {} : { consent: state.consent }),
      versions: {
        harness: harnessVersion(),
        sdk: sdkVersion(),
        node: process.versions.node,
        ...state.versions,
      },
      host: {
        cpus: availableParallelism(),
        memoryBytes: totalmem(),
        platform: `${process.platform}-${process.arch}`,
      },
    },
    scenarios: scenarioResults(asked, state),
    gate: {
      required,
      executed: finished.length,
      passed,
      skipped: plan.skipped.map((one) => ({ ...one })),
      stopped: stopped === null ? null : { reason: stopped.reason, message: stopped.error.message },
      ok: stopped === null && required > 0 && finished.length === required && passed === required,
    },
  }
}

/** The runs that the gate requires: those of the plan, or those that a soak began. */
function askedRuns({ plan, begun }: CampaignState): readonly PlannedRun[] {
  if (plan.soak === null) return plan.runs
  return plan.soak.scenarios.flatMap((scenario) => begun.filter((one) => one.scenario === scenario))
}

function scenarioResults(asked: readonly PlannedRun[], { finished }: CampaignState): ScenarioResult[] {
  return [...Map.groupBy(asked, ({ scenario }) => scenario.name)].flatMap(([name, planned]) => {
    const [first] = planned
    if (first === undefined) return []
    const runs = finished
      .filter(({ scenario }) => scenario === name)
      .map(({ result }) => result)
      .toSorted((a, b) => a.run - b.run)
    const { promise } = first.scenario
    return [{ name, promise, budgetMs: first.budgetMs, required: planned.length, runs, stats: statsOf(runs) }]
  })
}

export function statsOf(runs: readonly RunResult[]): ScenarioResult['stats'] {
  const figures = runs.map(({ recoveryMs }) => recoveryMs).filter((figure) => figure !== null)
  const some = figures.length > 0
  return {
    n: runs.length,
    passed: runs.filter(({ verdict }) => verdict === 'pass').length,
    minMs: some ? min(figures) : null,
    medianMs: some ? median(figures) : null,
    maxMs: some ? max(figures) : null,
  }
}
