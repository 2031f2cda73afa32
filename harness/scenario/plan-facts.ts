// What a plan tells of a run beyond its seeds: collected while a scenario runs dry, or from a timeline afterwards.
import type { FaultIdentity } from '../record/fault.ts'
import type { TimelineEntry } from '../record/timeline.ts'
import type { Choice } from './choose.ts'
import type { Plan, PlannedFault } from './plan-file.ts'
import type { Scenario } from './scenario.ts'

export class PlanFacts {
  readonly choices: Choice[] = []
  readonly faults: PlannedFault[] = []
  /** The moments since the newest fault. */
  #moments: string[] = []

  choice(choice: Choice): void {
    this.choices.push(choice)
  }

  moment(name: string): void {
    this.#moments.push(name)
  }

  /** Faults with no moment between them are meant for the same moments. */
  fault({ kind, target, effect }: FaultIdentity): void {
    const after = this.#moments.length > 0 ? this.#moments : (this.faults.at(-1)?.after ?? [])
    this.faults.push({ kind, target, effect, after: [...after] })
    this.#moments = []
  }
}

export function planFactsOf(timeline: readonly TimelineEntry[]): PlanFacts {
  const facts = new PlanFacts()
  for (const entry of timeline) {
    if (entry.kind === 'choice')
      facts.choice({ name: entry.name, value: entry.value, options: entry.options ?? [entry.value] })
    else if (entry.kind === 'moment' || entry.kind === 'held') facts.moment(entry.name)
    else if (entry.kind === 'fault')
      facts.fault({ kind: entry.faultKind, target: entry.target, effect: entry.effect })
  }
  return facts
}

/** What is decided before a run begins. */
export interface PlanBasis extends Pick<Plan, 'run' | 'campaignSeed' | 'budgetMs' | 'profile' | 'backend'> {
  readonly scenario: Pick<Scenario, 'name' | 'version' | 'promise'>
  readonly seed: number
}

export function planOf(basis: PlanBasis, facts: PlanFacts, incomplete: string | null): Plan {
  const { scenario, run, campaignSeed, seed, budgetMs, profile, backend } = basis
  return {
    schema: 1,
    scenario: scenario.name,
    version: scenario.version,
    promise: scenario.promise,
    run,
    campaignSeed,
    runSeed: seed,
    budgetMs,
    profile,
    backend,
    choices: Object.fromEntries(facts.choices.map(({ name, value, options }) => [name, { value, options }])),
    faults: facts.faults,
    incomplete,
  }
}
