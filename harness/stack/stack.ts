// What a stack is: the system under test apart from the workers. A backend makes one.
import type { Evidence } from '../record/evidence.ts'
import type { BackendName } from '../backends.ts'
import type { Inside } from './docker/docker-stack.ts'
import type { Watched } from './watched.ts'

/**
 * One service of a stack (the Temporal server, its database) and what can be done to it from outside.
 * Every operation resolves once it is proven, with the proof; each is idempotent in neither direction:
 * killing what is down or starting what is up is a mistake of the caller's.
 * @throws ChaosError `CHAOS_FAULT_UNPROVEN` (kind assumption) where no proof was seen in time,
 *   `CHAOS_SERVICE_NOT_READY` (kind harness) where a started service does not serve,
 *   `CHAOS_FAULT_UNAVAILABLE` (kind assumption) where the backend cannot do it (see `backends`)
 */
export interface Service {
  readonly name: 'temporal-server' | 'postgres'
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

export interface Stack extends AsyncDisposable {
  readonly backend: BackendName
  /** `host:port` of the Temporal frontend, as programs on this machine reach it. */
  readonly address: string
  readonly namespace: string
  /** `http://host:port/metrics` of the Temporal server. */
  readonly metricsUrl: string
  /** As the running server and database themselves say it. */
  readonly versions: { readonly server: string; readonly postgres: string }
  readonly server: Service
  readonly postgres: Service
  /** What workers in containers need; null where the stack is none of containers. */
  readonly inside: Inside | null
  /** What of it is up now and uses CPU and memory. */
  watched(): readonly Watched[]
  /** What the Temporal server has logged since an instant of the wall clock, and maybe some before it. */
  serverLogSince(sinceMs: number): Promise<string>
  /** Copies what each service has logged so far to `<folder>/<name>.log`. */
  saveLogs(folder: string): Promise<void>
  /**
   * Aborted when the server or the database dies, or what they stand on is gone, without the harness's doing. The reason
   * is a ChaosError: `CHAOS_SERVICE_DIED` (kind harness) or `CHAOS_SERVICE_PANICKED` (kind safety), which name the service
   * and carry the end of its log; `CHAOS_DISK_FULL`, `CHAOS_ENGINE_LOST` (kind harness).
   */
  readonly health: AbortSignal
}
