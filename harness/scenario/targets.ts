// What a scenario does to the targets of its faults: its workers, and the services of its cluster.
import type { Service } from '../cluster/service.ts'
import type { TerminateOptions } from '../faults/terminate-worker.ts'
import type { Worker } from '../worker/worker.ts'

export interface RestartOptions {
  /** How long the supervisor takes to restart the worker, in milliseconds. @default 0 */
  readonly afterMs?: number
}

export interface HealOptions {
  /** How long the fault lasts before the heal, in milliseconds. @default 0 */
  readonly afterMs?: number
}

export interface StartOptions extends HealOptions {
  /**
   * The least time from the fault until the service serves again, in milliseconds. The start begins earlier
   * by the shortest start seen so far, or at once if starting takes longer. The report has the real time.
   */
  readonly outageMs?: number
}

export interface ScenarioWorker {
  /** The worker itself, for your own faults. */
  readonly handle: Worker
  /** Sends SIGKILL to the newest incarnation. Resolves once its exit was observed. */
  kill(): Promise<void>
  /** Sends SIGTERM and lets the worker finish its tasks. Resolves once its exit was observed. */
  terminate(options?: TerminateOptions): Promise<void>
  /** Sends SIGSTOP. Resolves once the kernel shows the stop. The pause ends with `resume` or the run. */
  pause(): Promise<void>
  /** Ends the newest pause of any incarnation. */
  resume(): Promise<void>
  /**
   * Begins a rolling deployment: starts the next incarnation while this one runs. Resolves once both poll.
   */
  startNext(): Promise<void>
  /** Ends a rolling deployment: terminates the previous incarnation, as `terminate` does. */
  drainPrevious(options?: Pick<TerminateOptions, 'graceMs'>): Promise<void>
  /** Starts the next incarnation. Resolves once the service lists it as a poller. */
  restart(options?: RestartOptions): Promise<void>
}

export interface ScenarioService {
  /** The service itself, for your own faults. */
  readonly handle: Service
  /** Sends SIGKILL to all its processes. Resolves once their end was observed. */
  kill(): Promise<void>
  /** A clean stop, with SIGKILL after `graceMs`. */
  stop(graceMs?: number): Promise<void>
  /** Freezes all its processes. Resolves once that was observed. The pause ends with `resume` or the run. */
  pause(): Promise<void>
  /** Ends the pause. */
  resume(options?: HealOptions): Promise<void>
  /**
   * Disconnects the service from its network while it keeps running. Ends with `reconnect` or the run. The
   * scenario must declare `needs: ['disconnect']`, since not every cluster can do this.
   */
  disconnect(): Promise<void>
  /** Connects it to the network again. Resolves once it serves. */
  reconnect(options?: HealOptions): Promise<void>
  /** Starts it on the same ports and data. Resolves once it serves. */
  start(options?: StartOptions): Promise<void>
}
