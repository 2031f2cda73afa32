// What a fault is: a value that can be injected once, proves that it happened, and knows how to be undone.
import type { Evidence } from '../record/evidence.ts'

export interface Injected {
  /** Facts seen from outside of the target. */
  readonly evidence: Evidence
  /** Heals what can be healed; called at the run's end at the latest, and once at most. */
  undo(): Promise<void>
}

export interface Fault {
  readonly name: string
  /** What is struck: a worker's identity, `temporal-server`, `postgres`. */
  readonly target: string
  /** Null where it can be injected here and now, else why not. */
  available(): string | null
  /** @throws ChaosError `CHAOS_FAULT_UNPROVEN` (kind assumption) where no proof of it was seen in time */
  inject(): Promise<Injected>
}

export async function nothingToUndo(): Promise<void> {}
