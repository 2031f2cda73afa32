// What makes a local process a service of a cluster.
import type { Evidence } from '../../../record/evidence.ts'
import type { Exit, Spawned } from '../../../processes/session.ts'
import type { Service } from '../../service.ts'

export interface ServiceProgram {
  readonly name: Service['name']
  /** Refused while it is down. */
  readonly port: number
  /** Asks the main process to end cleanly. */
  readonly stopSignal: NodeJS.Signals
  /** Ends the main process when nothing it holds is needed any more. */
  readonly discardSignal: NodeJS.Signals
  spawn(): Promise<Spawned>
  /**
   * Resolves once `child` serves, with what it says of itself.
   * @throws ChaosError `CHAOS_SERVICE_NOT_READY`
   */
  serving(child: Spawned): Promise<Evidence>
  /** Resolves once it may be struck again, where that is later. @throws as `serving` does */
  settled?(child: Spawned): Promise<void>
  /** Told of an exit that the harness did not cause. */
  died(exit: Exit): void
}
