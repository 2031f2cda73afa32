// One service of a cluster: the Temporal server or its database, and what can be done to it from outside.
import type { Evidence } from '../record/evidence.ts'

/** A service needs those of a lower number to start. */
export const startOrder: Readonly<Record<Service['name'], number>> = { postgres: 1, 'temporal-server': 2 }

/**
 * One service of a cluster (the Temporal server, its database) and what can be done to it from outside.
 * Every operation resolves once it is proven, with the proof; each is idempotent in neither direction:
 * killing what is down or starting what is up is a mistake of the caller's.
 * @throws ChaosError `CHAOS_FAULT_UNPROVEN` (kind assumption) where no proof was seen in time,
 *   `CHAOS_SERVICE_NOT_READY` (kind harness) where a started service does not serve,
 *   `CHAOS_FAULT_UNAVAILABLE` (kind assumption) where the backend cannot do it (see `backends`)
 */
export interface Service {
  readonly name: 'temporal-server' | 'postgres'
  /** A service needs those of a lower number to start: their faults are healed first. */
  readonly startOrder: number
  /** It runs, be it paused or without its network. */
  readonly isUp: boolean
  readonly isPaused: boolean
  readonly isDisconnected: boolean
  /** How long its start has to wait now, so that it has been away for no less when it serves, in milliseconds. */
  startDelayMs(outageMs: number): number
  /** SIGKILL to every process of the service at once. */
  kill(): Promise<Evidence>
  /** A clean stop, SIGKILL after `graceMs`. */
  stop(graceMs?: number): Promise<Evidence>
  /**
   * Starts it again, on the same ports, data and network, and waits until it may be struck again.
   * @param onServing told, with the proof, as soon as it serves
   */
  start(onServing?: (evidence: Evidence) => void): Promise<Evidence>
  /** Freezes every process of the service. */
  pause(): Promise<Evidence>
  /** Ends the freeze. */
  resume(): Promise<Evidence>
  /** Takes it off the network; it goes on running. */
  disconnect(): Promise<Evidence>
  /** Puts it back on the network and waits until it serves. */
  reconnect(): Promise<Evidence>
}
