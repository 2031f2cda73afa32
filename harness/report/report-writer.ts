// Keeps a report up to date while a campaign runs: an interrupted campaign leaves what it has proven so far.
import { monotonicMs } from '../core/clock.ts'
import type { CampaignResult } from '../result/campaign-result.ts'

type Write = (result: CampaignResult) => Promise<void>

/** Time as the writer sees it. */
export interface Timers {
  nowMs(): number
  /** Calls `work` in `ms`. @returns what cancels it */
  later(ms: number, work: () => void): () => void
}

const realTimers: Timers = {
  nowMs: monotonicMs,
  later(ms, work) {
    const timer = setTimeout(work, ms)
    return () => clearTimeout(timer)
  },
}

/** Rendering holds up the engine, and takes longer with more runs: it gets a tenth of the time, no more. */
const restFactor = 10

/**
 * Writes results one after the other. A result is written at once, unless the last write was a moment ago: it then waits
 * for ten times as long as that write took, and a newer result takes its place. Small campaigns have every run on disk
 * as it ends; large ones do not spend their time on reports.
 */
export class ReportWriter {
  readonly #write: Write
  readonly #timers: Timers
  #waiting: CampaignResult | undefined
  #writing: Promise<void> | undefined
  #restsUntilMs = -Infinity
  #cancel: (() => void) | undefined
  #failure: { readonly thrown: unknown } | undefined

  constructor(write: Write, timers: Timers = realTimers) {
    this.#write = write
    this.#timers = timers
  }

  /**
   * Resolves once `result` is on disk, or at once where it has to wait.
   * @throws what writing it failed with, or writing an earlier one that had to wait
   */
  async update(result: CampaignResult): Promise<void> {
    this.#waiting = result
    const failure = this.#failure
    this.#failure = undefined
    if (failure !== undefined) throw failure.thrown
    if (this.#writing === undefined) await this.#writeOrWait()
  }

  /** Resolves once `result`, the last one, is on disk. @throws what writing it failed with */
  async finish(result: CampaignResult): Promise<void> {
    this.#cancel?.()
    this.#waiting = undefined
    await this.#writing?.catch(() => undefined) // its `update` has thrown that; the last write counts
    await this.#write(result)
  }

  async #writeOrWait(): Promise<void> {
    const restMs = this.#restsUntilMs - this.#timers.nowMs()
    if (restMs <= 0) return this.#writeWaiting()
    this.#cancel ??= this.#timers.later(restMs, () => {
      this.#cancel = undefined
      this.#writeWaiting().catch((thrown: unknown) => (this.#failure = { thrown })) // for the next update to throw
    })
  }

  async #writeWaiting(): Promise<void> {
    const result = this.#waiting
    if (result === undefined) return
    this.#waiting = undefined
    const startedMs = this.#timers.nowMs()
    this.#writing = this.#write(result)
    try {
      await this.#writing
    } finally {
      this.#writing = undefined
      const endedMs = this.#timers.nowMs()
      this.#restsUntilMs = endedMs + restFactor * (endedMs - startedMs)
    }
    if (this.#waiting !== undefined) await this.#writeOrWait()
  }
}
