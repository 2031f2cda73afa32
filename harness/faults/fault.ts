// What a fault is: a value that can be injected, proves that it happened, and knows how to be undone.
import type { Evidence } from '../record/evidence.ts'

export interface Fault {
  readonly name: string
  /** What is struck: a worker's identity, `temporal-server`, `postgres`. */
  readonly target: string
  /** Null where it can be injected here and now, else why not. */
  available(): string | null
  /**
   * Strikes. @returns facts seen from outside of the target
   * @throws ChaosError `CHAOS_FAULT_UNPROVEN` (kind assumption) where no proof of it was seen in time
   */
  inject(): Promise<Evidence>
  /**
   * Heals what can be healed. Part of the fault and not of its evidence, since a strike that cannot be proven must be
   * undone too. Does nothing where there is nothing to heal (any more), so it may be called at any time.
   */
  undo(): Promise<void>
}

export async function nothingToUndo(): Promise<void> {}
