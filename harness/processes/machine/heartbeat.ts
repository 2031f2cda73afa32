// A timer that notices when the harness itself did not run: stopped by a signal, frozen, starved of a core, or
// busy for long in one go.

export interface Gap {
  readonly fromMs: number
  readonly untilMs: number
}

/** How often it beats: the resolution of its figures. */
export const beatEveryMs = 50

/** Shorter gaps are ordinary: a large history that is decoded, a collection of garbage. */
const gapFromMs = 250

export class Heartbeat {
  #lastMs: number
  #latestMs = 0

  constructor(nowMs: number) {
    this.#lastMs = nowMs
  }

  /** @returns the gap that ends with this beat; undefined if it came in time */
  beat(nowMs: number): Gap | undefined {
    const fromMs = this.#lastMs
    this.#lastMs = nowMs
    const lateMs = nowMs - fromMs - beatEveryMs
    this.#latestMs = Math.max(this.#latestMs, lateMs)
    return lateMs < gapFromMs ? undefined : { fromMs, untilMs: nowMs }
  }

  /** The most by which a beat was late since this was last asked. */
  takeLateMs(): number {
    const latestMs = this.#latestMs
    this.#latestMs = 0
    return latestMs
  }
}
