// Seeded choices of a run. Every choice is written into the record, so that a failure shows all that was drawn.
import { ChaosError } from '../core/errors.ts'
import { deriveSeed } from './seed.ts'
import type { ChoiceValue } from '../record/timeline/scenario.ts'

export interface Choose {
  /** One of the options, each as likely as the others. */
  oneOf<const T extends ChoiceValue>(name: string, options: readonly [T, ...T[]]): T
  /**
   * One of the options, in turns over the runs of a campaign, from a start that the seed decides:
   * any `options.length` runs in a row hit every option.
   */
  roundRobin<const T extends ChoiceValue>(name: string, options: readonly [T, ...T[]]): T
  /** A whole number from `min` to `max`, both possible. */
  integer(name: string, min: number, max: number): number
}

export interface ChooseOptions {
  readonly campaignSeed: number
  readonly scenario: string
  readonly run: number
  readonly seed: number
  readonly onChoice: (name: string, value: ChoiceValue) => void
}

export function createChoose({ campaignSeed, scenario, run, seed, onChoice }: ChooseOptions): Choose {
  const drawn = new Set<string>()
  function chosen<T extends ChoiceValue>(name: string, value: T): T {
    // A name stands for one value: drawn twice it would be the same again, and the record would show it once.
    if (drawn.has(name)) {
      throw new ChaosError(`the choice ${JSON.stringify(name)} was made before in this run`, {
        code: 'CHAOS_CHOICE_REPEATED',
        hint: 'Give each choice a name of its own.',
      })
    }
    drawn.add(name)
    onChoice(name, value)
    return value
  }
  function at<T>(options: readonly [T, ...T[]], index: number): T {
    return options[index % options.length] ?? options[0]
  }
  return {
    oneOf: (name, options) => chosen(name, at(options, deriveSeed(seed, name))),
    roundRobin: (name, options) => chosen(name, at(options, deriveSeed(campaignSeed, scenario, name) + run)),
    integer: (name, min, max) => chosen(name, min + (deriveSeed(seed, name) % (max - min + 1))),
  }
}
