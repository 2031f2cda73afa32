// What makes a container a service of a cluster.
import type { Evidence } from '../../../record/evidence.ts'
import type { Exit } from '../../../processes/session.ts'
import type { Proven } from './container-proof.ts'
import type { NetworkPlace } from '../../../containers/engine/network-place.ts'

export interface ContainerProgram extends Proven {
  readonly network: NetworkPlace
  /**
   * Resolves once it serves, with what it says of itself.
   * @throws ChaosError `CHAOS_SERVICE_NOT_READY`
   */
  serving(exited: Promise<Exit>): Promise<Evidence>
  /** Resolves once it may be struck. @throws as `serving` does */
  settled(exited: Promise<Exit>): Promise<void>
  /** Told of an exit that the harness did not cause. */
  died(exit: Exit): void
  /** Told where the engine does not answer for it any more. */
  lost(error: unknown): void
}
