// What a fault is: a value that can be injected, proves that it happened, and can heal what it did.
import type { Evidence } from '../record/evidence.ts'
import type { FaultIdentity } from '../record/fault.ts'

export interface Fault extends FaultIdentity {
  /**
   * Faults with a lower number are healed first, those of the same number in the reverse order of their injection.
   * Services have the order in which they start. @default after all that have a number
   */
  readonly healOrder?: number
  /** Null if it can be injected here and now, else why not. */
  available(): string | null
  /**
   * @returns facts seen from outside of the target; a fault without any proves nothing
   * @throws ChaosError `CHAOS_FAULT_UNPROVEN` if no proof was seen in time
   */
  inject(): Promise<Evidence>
  /**
   * Heals what can be healed. It may be called at any time, also after an injection that threw, and does nothing if
   * there is nothing to heal.
   */
  heal(): Promise<void>
}

export async function nothingToHeal(): Promise<void> {}
