// What a stack is: the system under test apart from the workers. A backend makes one.
import type { Evidence } from '../record/evidence.ts'

/**
 * One service of a stack (the Temporal server, its database) and what can be done to it from outside.
 * Every operation resolves once it is proven, with the proof; each is idempotent in neither direction:
 * killing what is down or starting what is up is a mistake of the caller's.
 * @throws ChaosError `CHAOS_FAULT_UNPROVEN` (kind assumption) where no proof was seen in time,
 *   `CHAOS_SERVICE_NOT_READY` (kind harness) where a started service does not serve
 */
export interface Service {
  readonly name: 'temporal-server' | 'postgres'
  /** The main process; null while it is down. */
  readonly pid: number | null
  readonly isPaused: boolean
  /** SIGKILL to every process of the service at once. */
  kill(): Promise<Evidence>
  /** A clean stop, SIGKILL after `graceMs`. */
  stop(graceMs?: number): Promise<Evidence>
  /** Starts it again, on the same ports and data, and waits until it serves. */
  start(): Promise<Evidence>
  /** SIGSTOP to every process of the service. */
  pause(): Promise<Evidence>
  /** SIGCONT to every process of the service. */
  resume(): Promise<Evidence>
}

export interface Stack extends AsyncDisposable {
  readonly backend: 'process'
  /** `host:port` of the Temporal frontend. */
  readonly address: string
  readonly namespace: string
  /** `http://host:port/metrics` of the Temporal server. */
  readonly metricsUrl: string
  /** As the running server and database themselves say it. */
  readonly versions: { readonly server: string; readonly postgres: string }
  readonly server: Service
  readonly postgres: Service
  /** Main processes that are up now, for resource sampling. */
  processes(): readonly { readonly name: string; readonly pid: number }[]
  /** Log of each service, by its name; they go with the stack. */
  readonly logFiles: Readonly<Record<Service['name'], string>>
  /**
   * Aborted when the server or the database dies without the harness's doing; the reason is a ChaosError
   * `CHAOS_SERVICE_DIED` (kind harness) that names it and carries the end of its log.
   */
  readonly health: AbortSignal
}
