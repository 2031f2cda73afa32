// How many mutants of each kind were caught, and by what share they were not.
import type { Fate, Mutant, SealState } from './mutate-records.ts'

/** As many mutants that still pass are a defect. */
export const tolerableShare = 0.02

export interface Tally {
  readonly what: string
  readonly tried: number
  readonly fates: Readonly<Record<Fate, number>>
}

export function tallyOf(what: string, mutants: readonly Pick<Mutant, 'fate'>[]): Tally {
  const count = (fate: Fate) => mutants.filter((one) => one.fate === fate).length
  return {
    what,
    tried: mutants.length,
    fates: {
      refused: count('refused'),
      caught: count('caught'),
      'no claim': count('no claim'),
      passed: count('passed'),
    },
  }
}

export function passedShare({ tried, fates }: Pick<Tally, 'tried' | 'fates'>): number {
  return tried === 0 ? 0 : fates.passed / tried
}

/** Of all mutants, or of those with one state of the seal: what the seal catches must not hide the rest. */
export function worstShare(mutants: readonly Pick<Mutant, 'fate' | 'seal'>[]): number {
  const bySeal = [...Map.groupBy(mutants, ({ seal }) => seal).values()]
  return Math.max(...[mutants, ...bySeal].map((some) => passedShare(tallyOf('', some))))
}

const seals: Readonly<Record<SealState, string>> = {
  kept: 'all, under the old seal',
  renewed: 'all, sealed again',
  none: 'all, without a seal',
}

/** By kind, then by seal, then all. */
export function talliesOf(mutants: readonly Mutant[]): Tally[] {
  const byKind = [...Map.groupBy(mutants, ({ kind }) => kind)]
  const bySeal = [...Map.groupBy(mutants, ({ seal }) => seal)]
  return [
    ...byKind.map(([kind, all]) => tallyOf(kind, all)),
    ...bySeal.map(([seal, all]) => tallyOf(seals[seal], all)),
    tallyOf('all', mutants),
  ]
}
