// One service of a cluster: the Temporal server or its database, and what can be done to it from outside.
import type { Evidence } from '../record/evidence.ts'

/** A service needs those of a lower number to start. */
export const startOrder: Readonly<Record<Service['name'], number>> = { postgres: 1, 'temporal-server': 2 }

/**
 * One service of a cluster (the Temporal server, its database) and what can be done to it from outside. Every
 * operation resolves with its proof. None is idempotent: the caller must not kill a service that is down or
 * start one that is up.
 * @throws ChaosError `CHAOS_FAULT_UNPROVEN` if no proof was seen in time, `CHAOS_SERVICE_NOT_READY` (kind
 *   harness) if a started service does not serve, `CHAOS_FAULT_UNAVAILABLE` if the backend cannot do it
 */
export interface Service {
  readonly name: 'temporal-server' | 'postgres'
  /** A service needs those of a lower number to start: their faults are healed first. */
  readonly startOrder: number
  /** True also while it is paused or disconnected. */
  readonly isUp: boolean
  readonly isPaused: boolean
  readonly isDisconnected: boolean
  /** How long to wait before its start, in milliseconds, for an outage of at least the given length. */
  startDelayMs(outageMs: number): number
  /** Sends SIGKILL to every process of the service. */
  kill(): Promise<Evidence>
  /** A clean stop, SIGKILL after `graceMs`. */
  stop(graceMs?: number): Promise<Evidence>
  /**
   * Starts it again, on the same ports, data and network, and waits until a fault may be injected again.
   * @param onServing called with the proof as soon as it serves
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
