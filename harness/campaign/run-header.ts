// The first thing in a run's record: what was asked for, and when it began.
import type { RunClock } from '../core/clock.ts'
import { recordSchemaVersion, type RunHeader } from '../record/header.ts'
import type { PlannedRun } from './plan.ts'
import type { RunEnvironment } from './run-environment.ts'

export function headerOf(
  { campaign, slot }: RunEnvironment,
  { scenario, run, seed, budgetMs }: PlannedRun,
  { wallAtZeroMs }: RunClock,
): RunHeader {
  return {
    schema: recordSchemaVersion,
    campaign: campaign.id,
    campaignSeed: campaign.seed,
    scenario: scenario.name,
    promise: scenario.promise,
    run,
    seed,
    backend: slot.cluster.backend,
    profile: campaign.profile,
    budgetMs,
    deadlineMs: scenario.deadlineMs,
    checks: scenario.checks.map(({ name }) => name),
    ...(scenario.failingAttempts.length === 0 ? {} : { failingAttempts: [...scenario.failingAttempts] }),
    ...(Object.keys(scenario.activityWaitsMs).length === 0
      ? {}
      : { activityWaitsMs: { ...scenario.activityWaitsMs } }),
    ...(scenario.mayDiffer.length === 0 ? {} : { mayDiffer: [...scenario.mayDiffer] }),
    startedAt: new Date().toISOString(),
    wallAtZeroMs,
    ...(slot.clockOffset === null ? {} : { clockOffsetMs: slot.clockOffset.offsetMs }),
  }
}
