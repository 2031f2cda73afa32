// What distinguishes one service of local processes from another.
import type { Evidence } from '../../../record/evidence.ts'
import type { Exit, Spawned } from '../../../processes/session.ts'
import type { Service } from '../../service.ts'

export interface ServiceProgram {
  readonly name: Service['name']
  /** Refuses connections while the service is down. */
  readonly port: number
  /** Asks the main process to end cleanly. */
  readonly stopSignal: NodeJS.Signals
  /** Ends the main process if nothing that it holds is needed any more. */
  readonly discardSignal: NodeJS.Signals
  spawn(): Promise<Spawned>
  /**
   * Resolves once the service serves, with what it says of itself.
   * @throws ChaosError `CHAOS_SERVICE_NOT_READY`
   */
  serving(exited: Promise<Exit>): Promise<Evidence>
  /** Resolves once a fault may be injected, if that is later. @throws as `serving` does */
  settled?(exited: Promise<Exit>): Promise<void>
  /** Called for an exit that the harness did not cause. */
  died(exit: Exit): void
}
