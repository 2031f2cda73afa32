// The seeded choices of a run. The record holds every choice with its options, so that a failure shows all of
// them.
import { ChaosError, UsageError } from '../core/errors.ts'
import { didYouMean } from '../core/nearest.ts'
import type { ChoiceOptions, ChoiceValue } from '../record/timeline/scenario.ts'
import { deriveSeed } from '../core/seed.ts'

export interface Choose {
  /** One of the options, each as likely as the others. */
  oneOf<const T extends ChoiceValue>(name: string, options: readonly [T, ...T[]]): T
  /**
   * One of the options, in turns over the runs of a campaign: any `options.length` runs in a row use every
   * option. The seed decides with which one they start.
   */
  roundRobin<const T extends ChoiceValue>(name: string, options: readonly [T, ...T[]]): T
  /** A whole number from `min` to `max`, both included. */
  integer(name: string, min: number, max: number): number
}

export interface Choice {
  readonly name: string
  readonly value: ChoiceValue
  /** The alternatives of the choice. */
  readonly options: ChoiceOptions
  /** What the seed draws, if something else was given. */
  readonly drawn?: ChoiceValue
}

/** Values for choices by name, instead of drawn ones. */
export type GivenChoices = Readonly<Record<string, ChoiceValue>>

export interface ChoicesOptions {
  readonly campaignSeed: number
  readonly scenario: string
  readonly run: number
  readonly seed: number
  /** Choices that are not given are drawn from the seed, as in any run. @default none */
  readonly given?: GivenChoices | undefined
  readonly onChoice: (choice: Choice) => void
}

/** The choices of one run. */
export class RunChoices {
  readonly choose: Choose
  readonly #options: ChoicesOptions
  readonly #asked: string[] = []

  constructor(options: ChoicesOptions) {
    this.#options = options
    const { campaignSeed, scenario, run, seed } = options
    this.choose = {
      oneOf: (name, values) => this.#oneOf(name, values, deriveSeed(seed, name)),
      roundRobin: (name, values) => this.#oneOf(name, values, deriveSeed(campaignSeed, scenario, name) + run),
      integer: (name, min, max) => this.#integer(name, min, max),
    }
  }

  /**
   * Call it once the scenario has ended.
   * @throws UsageError `CHAOS_PLAN_UNKNOWN_CHOICE` if the scenario never made a choice that was given
   */
  assertGivenWereAsked(): void {
    const unknown = Object.keys(this.#options.given ?? {}).find((name) => !this.#asked.includes(name))
    if (unknown === undefined) return
    const known = this.#asked.map((name) => JSON.stringify(name)).join(', ') || 'none'
    const nearest = didYouMean(unknown, this.#asked)
    throw new UsageError(
      `${this.#options.scenario} makes no choice ${JSON.stringify(unknown)} in this run`,
      `${nearest === undefined ? '' : `${nearest} `}Its choices in this run: ${known}.`,
      'CHAOS_PLAN_UNKNOWN_CHOICE',
    )
  }

  #oneOf<T extends ChoiceValue>(name: string, values: readonly [T, ...T[]], draw: number): T {
    const given = this.#givenFor(name)
    const drawn = values[draw % values.length] ?? values[0]
    const value = given === undefined ? drawn : values.find((option) => option === given)
    if (value === undefined)
      throw this.#invalid(name, given, values.map((one) => JSON.stringify(one)).join(', '))
    return this.#chosen({ name, value, options: [...values] }, drawn)
  }

  #integer(name: string, min: number, max: number): number {
    const { seed } = this.#options
    const drawn = min + (deriveSeed(seed, name) % (max - min + 1))
    const value = this.#givenFor(name) ?? drawn
    if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max)
      throw this.#invalid(name, value, `a whole number from ${min} to ${max}`)
    return this.#chosen({ name, value, options: { min, max } }, drawn)
  }

  #givenFor(name: string): ChoiceValue | undefined {
    const { given = {} } = this.#options
    return Object.hasOwn(given, name) ? given[name] : undefined
  }

  #chosen<T extends ChoiceValue>(choice: Choice & { readonly value: T }, drawn: T): T {
    const { name, value } = choice
    // A second draw of one name would give the same value again, and the record would show it once.
    if (this.#asked.includes(name)) {
      throw new ChaosError(`the choice ${JSON.stringify(name)} was made before in this run`, {
        code: 'CHAOS_CHOICE_REPEATED',
        hint: 'Give each choice a name of its own.',
      })
    }
    this.#asked.push(name)
    this.#options.onChoice(value === drawn ? choice : { ...choice, drawn })
    return value
  }

  #invalid(name: string, value: ChoiceValue | undefined, options: string): UsageError {
    return new UsageError(
      `the choice ${JSON.stringify(name)} of ${this.#options.scenario} cannot be ${JSON.stringify(value)}`,
      `Its options: ${options}.`,
      'CHAOS_PLAN_INVALID_CHOICE',
    )
  }
}
