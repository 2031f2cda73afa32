// One clock for a run: the harness's monotonic one, zero at the run's start, in milliseconds.

/** Milliseconds on the process's monotonic clock, with fractions. */
export function monotonicMs(): number {
  return performance.now()
}

/** What must be added to a monotonic instant to get the wall clock's, at this moment (resolution 1 ms). */
function wallOffsetMs(): number {
  return Date.now() - performance.now()
}

/** Places wall-clock instants (server timestamps of a server on this machine) onto a run's own clock. */
export class RunClock {
  readonly #zero = monotonicMs()
  readonly #offset = wallOffsetMs()

  /** Milliseconds since the run began. */
  nowMs(): number {
    return monotonicMs() - this.#zero
  }

  /** The wall clock's milliseconds since the epoch at the run's zero. */
  get wallAtZeroMs(): number {
    return this.#zero + this.#offset
  }

  /** How far the wall clock has drifted from the monotonic one since the run began, plus its resolution of 1 ms. */
  errorMs(): number {
    return Math.abs(wallOffsetMs() - this.#offset) + 1
  }
}
