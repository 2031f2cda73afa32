// Where a service of a cluster stands, and since when: the same for every backend.
import { monotonicMs } from '../../core/clock.ts'
import { ChaosError } from '../../core/errors.ts'
import type { Service } from '../service.ts'

export type State = 'down' | 'starting' | 'up' | 'paused' | 'disconnected' | 'discarded'

export class ServiceState {
  readonly #name: Service['name']
  #state: State = 'down'
  #sinceMs = monotonicMs()
  #startingMs = 0
  #startMs = 0
  #shortestStartMs = Infinity

  constructor(name: Service['name']) {
    this.#name = name
  }

  /** When it last went down, was paused or disconnected, on the process-wide monotonic clock. */
  get sinceMs(): number {
    return this.#sinceMs
  }

  /** What its last start took until it served, in milliseconds. */
  get startMs(): number {
    return this.#startMs
  }

  is(...states: readonly State[]): boolean {
    return states.includes(this.#state)
  }

  /** For an outage of no less than this: what is left of it now, less the shortest start so far. */
  startDelayMs(outageMs: number): number {
    const startMs = Number.isFinite(this.#shortestStartMs) ? this.#shortestStartMs : 0
    return Math.max(0, this.#sinceMs + outageMs - startMs - monotonicMs())
  }

  /** @throws ChaosError `CHAOS_SERVICE_STATE`: a mistake of the caller's */
  allow(operation: string, ...states: readonly State[]): void {
    if (this.is(...states)) return
    throw new ChaosError(`cannot ${operation} ${this.#name}: it is ${this.#state}`, {
      code: 'CHAOS_SERVICE_STATE',
    })
  }

  /** What was discarded meanwhile stays so. */
  turn(state: State, sinceMs = this.#sinceMs): void {
    const nowMs = monotonicMs()
    if (state === 'starting') this.#startingMs = nowMs
    if (state === 'up' && this.is('starting')) {
      this.#startMs = nowMs - this.#startingMs
      this.#shortestStartMs = Math.min(this.#shortestStartMs, this.#startMs)
    }
    if (this.#state !== 'discarded') this.#state = state
    this.#sinceMs = sinceMs
  }
}
