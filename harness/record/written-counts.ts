// How much was written to a record, for the lines that say so in the end: then none can be lost unnoticed.
import type { Written } from './observation.ts'

export class WrittenCounts {
  readonly #entries = new Map<string, number>()
  readonly #observations = new Map<string, number>()
  #captures = 0

  addEntry({ kind }: { readonly kind: string }): void {
    countOne(this.#entries, kind)
  }

  addCapture(): void {
    this.#captures += 1
  }

  addObservation({ kind }: { readonly kind: string }): void {
    countOne(this.#observations, kind)
  }

  /** The entries of the timeline, by kind. */
  get entries(): Record<string, number> {
    return Object.fromEntries(this.#entries)
  }

  /** Everything but the timeline. */
  get written(): Written {
    return { captures: this.#captures, observations: Object.fromEntries(this.#observations) }
  }
}

function countOne(counts: Map<string, number>, kind: string): void {
  counts.set(kind, (counts.get(kind) ?? 0) + 1)
}
