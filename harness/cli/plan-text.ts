// The plan of a campaign in words: its first line, and what a dry run shows.
import type { CampaignPlan, PlannedRun } from '../campaign/plan.ts'
import { commandName } from '../core/command-name.ts'
import { formatDuration } from '../core/duration.ts'
import { describeSkipped } from '../report/console/summary-table.ts'
import type { SuiteName } from '../config/suites.ts'

/** A soak has no end; a dry run shows this many of its runs. */
const drawnShown = 20

/** `suite gate: 50 runs of 5 scenarios`; without the suite if the user named the scenarios. */
export function describeExtent(plan: CampaignPlan, suite: SuiteName | null): string {
  if (plan.soak !== null) {
    const { scenarios, forMs } = plan.soak
    return `soak for ${formatDuration(forMs)}: runs drawn from ${counted(scenarios.length, 'scenario')}`
  }
  const scenarios = new Set(plan.runs.map(({ scenario }) => scenario.name)).size
  const extent = `${counted(plan.runs.length, 'run')} of ${counted(scenarios, 'scenario')}`
  return suite === null ? extent : `suite ${suite}: ${extent}`
}

export function describeCampaign(
  plan: CampaignPlan,
  suite: SuiteName | null,
  { profile }: { readonly profile: string },
): string {
  return `${describeExtent(plan, suite)}, profile ${profile}, campaign seed ${plan.seed}`
}

/** Every run with its seed, of a soak the first ones; then what is skipped and why. */
export function describePlan(plan: CampaignPlan, suite: SuiteName | null): string {
  const { seed, runs, soak, skipped } = plan
  const shown = soak === null ? runs : firstOf(soak.draw(), drawnShown)
  return [
    `campaign seed ${seed}, ${describeExtent(plan, suite)}; nothing is started`,
    ...shown.map(describePlanned),
    ...(soak === null ? [] : ['… and so on, for as long as there is time']),
    ...skipped.map(describeSkipped),
    `for the choices, steps and faults of a run: ${commandName} plan <scenario> --seed <n> --run <n>`,
  ].join('\n')
}

function describePlanned({ scenario, run, seed, budgetMs }: PlannedRun): string {
  return `${scenario.name} #${run}  seed ${seed}  budget ${budgetMs} ms  cluster ${scenario.isolation === 'shared' ? 'shared' : 'of its own'}`
}

function firstOf<T>(all: Iterable<T>, count: number): T[] {
  const first: T[] = []
  for (const one of all) {
    first.push(one)
    if (first.length === count) break
  }
  return first
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
