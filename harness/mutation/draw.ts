// Everything that is drawn for one mutant, from its seed alone.
import { deriveSeed } from '../core/seed.ts'

export class Draw {
  readonly #seed: readonly number[]
  #drawn = 0

  constructor(...seed: readonly number[]) {
    this.#seed = seed
  }

  /** A whole number from 0 to `below - 1`. */
  below(below: number): number {
    this.#drawn += 1
    return deriveSeed(...this.#seed, this.#drawn) % Math.max(1, below)
  }

  /** Undefined if there is nothing to draw from. */
  from<T>(values: readonly T[]): T | undefined {
    return values[this.below(values.length)]
  }
}
