// What a backend contributes to a service: how to start, strike and observe it. `ManagedService` decides
// when.
import type { BackendName } from '../../config/backends.ts'
import type { Exit } from '../../processes/session.ts'
import type { Watched } from '../../processes/watched.ts'
import type { Evidence } from '../../record/evidence.ts'
import type { Service } from '../service.ts'

/** One life of a service, from its start to its exit. */
export interface ServiceLife {
  readonly exited: Promise<Exit>
  /** Names this life in the evidence of the start. */
  readonly evidence: Evidence
}

/**
 * Every operation resolves with its evidence once it is proven. `sinceMs` is when the operation began, on the
 * process-wide monotonic clock.
 * @throws ChaosError `CHAOS_FAULT_UNPROVEN` if no proof was seen in time
 */
export interface ServiceDriver {
  readonly name: Service['name']
  readonly backend: BackendName
  /** Resolves once the service runs, whether or not it serves. */
  start(): Promise<ServiceLife>
  /**
   * Resolves once the service serves, with facts about itself.
   * @throws ChaosError `CHAOS_SERVICE_NOT_READY`
   */
  serving(life: ServiceLife): Promise<Evidence>
  /** Further facts of this life, asked for after it serves: the start's duration leaves them out. */
  facts?(): Promise<Evidence>
  /** Resolves once a fault may be injected. @throws as `serving` does */
  settled(life: ServiceLife): Promise<void>
  kill(life: ServiceLife, sinceMs: number): Promise<Evidence>
  /** SIGKILL after `graceMs`; the evidence says if it was `forced`. */
  stop(life: ServiceLife, sinceMs: number, graceMs: number): Promise<Evidence>
  pause(): Promise<Evidence>
  resume(): Promise<Evidence>
  /** Both are missing if the backend cannot cut a service off the network. */
  disconnect?(): Promise<Evidence>
  reconnect?(life: ServiceLife): Promise<Evidence>
  /** Ends a start that failed. The service can be started again. */
  abandon(): Promise<void>
  /** Ends the service for good and fast, whatever it is doing. */
  discard(): Promise<void>
  /** Called while the service is up. */
  watched(): Watched
  /** Called for an exit that the harness did not cause. */
  died(exit: Exit): void
}
