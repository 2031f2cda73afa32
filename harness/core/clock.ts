// The one clock of a run: monotonic, zero at the run's start, in milliseconds.

/** Milliseconds on the process's monotonic clock, with fractions. */
export function monotonicMs(): number {
  return performance.now()
}

/** The difference between wall clock and monotonic clock at this moment (resolution 1 ms). */
function wallOffsetMs(): number {
  return Date.now() - performance.now()
}

/** Converts wall-clock instants to a run's own clock. The server that made them must run on this machine. */
export class RunClock {
  readonly #zero = monotonicMs()
  readonly #offset = wallOffsetMs()

  /** Milliseconds since the run began. */
  nowMs(): number {
    return monotonicMs() - this.#zero
  }

  /** The wall clock at the run's zero, in milliseconds since the epoch. */
  get wallAtZeroMs(): number {
    return this.#zero + this.#offset
  }

  /** How far the wall clock has drifted from the monotonic one since the run began, plus its resolution of 1 ms. */
  errorMs(): number {
    return Math.abs(wallOffsetMs() - this.#offset) + 1
  }
}
