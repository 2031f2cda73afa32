// Keeps a report up to date during a campaign, so that an interrupted campaign leaves its results so far.
import { monotonicMs } from '../core/clock.ts'
import type { CampaignResult } from '../result/campaign-result.ts'

type Write = (result: CampaignResult) => Promise<void>

/** The clock and timers of the writer. */
export interface Timers {
  nowMs(): number
  /** Calls `work` in `ms`. @returns a function that cancels it */
  later(ms: number, work: () => void): () => void
}

const realTimers: Timers = {
  nowMs: monotonicMs,
  later(ms, work) {
    const timer = setTimeout(work, ms)
    return () => clearTimeout(timer)
  },
}

/** Rendering blocks the engine, and takes longer with more runs. It may take a tenth of the time. */
const restFactor = 10

/**
 * Writes results one after the other. After a write the writer rests ten times as long as the write took;
 * meanwhile a newer result replaces a waiting one. Small campaigns thus have every run on disk at once, and
 * large campaigns do not spend their time on reports.
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
   * Resolves once `result` is on disk, or at once if it has to wait.
   * @throws the error of this write, or of an earlier result that had to wait
   */
  async update(result: CampaignResult): Promise<void> {
    this.#waiting = result
    const failure = this.#failure
    this.#failure = undefined
    if (failure !== undefined) throw failure.thrown
    if (this.#writing === undefined) await this.#writeOrWait()
  }

  /** Resolves once `result`, the last one, is on disk. @throws the error of this write */
  async finish(result: CampaignResult): Promise<void> {
    this.#cancel?.()
    this.#waiting = undefined
    await this.#writing?.catch(() => undefined) // its `update` has already thrown this error
    await this.#write(result)
  }

  async #writeOrWait(): Promise<void> {
    const restMs = this.#restsUntilMs - this.#timers.nowMs()
    if (restMs <= 0) return this.#writeWaiting()
    this.#cancel ??= this.#timers.later(restMs, () => {
      this.#cancel = undefined
      this.#writeWaiting().catch((thrown: unknown) => (this.#failure = { thrown })) // the next update throws it
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
