// All reports of a campaign, kept up to date while it runs: an interrupted campaign leaves what it has proven so far.
import { join } from 'node:path'
import { monotonicMs } from '../core/clock.ts'
import { comparisonSchema, type Comparison } from '../result/comparison.ts'
import type { CampaignResult } from '../result/campaign-result.ts'
import { comparisonMarkdown } from './markdown/comparison-markdown.ts'
import { writeAtomically } from './files.ts'
import { renderJson } from './json/json.ts'
import { renderJunit } from './junit/junit.ts'
import { renderTiming } from './json/timing.ts'

/**
 * Writes `junit.xml` and `timing.json` into an existing folder; nothing is written where one of them is invalid.
 * @throws ChaosError `CHAOS_REPORT_INVALID`, `CHAOS_REPORT_UNWRITABLE`, `CHAOS_DISK_FULL`
 */
export async function writeReports(result: CampaignResult, folder: string): Promise<void> {
  const timing = renderTiming(result)
  const junit = renderJunit(result)
  await writeAtomically(join(folder, 'timing.json'), timing)
  await writeAtomically(join(folder, 'junit.xml'), junit)
}

/**
 * Writes `compare.json` and `compare.md` into an existing folder.
 * @throws as `writeReports`
 */
export async function writeComparison(comparison: Comparison, folder: string): Promise<void> {
  await writeAtomically(
    join(folder, 'compare.json'),
    renderJson('compare.json', comparisonSchema, comparison),
  )
  await writeAtomically(join(folder, 'compare.md'), comparisonMarkdown(comparison))
}

type Write = (result: CampaignResult) => Promise<void>

/** Time as the writer sees it. */
export interface Timers {
  nowMs(): number
  /** Calls `work` in `ms`, unless it is called off before. @returns what calls it off */
  later(ms: number, work: () => void): () => void
}

const realPace: Timers = {
  nowMs: monotonicMs,
  later(ms, work) {
    const timer = setTimeout(work, ms)
    return () => clearTimeout(timer)
  },
}

/** Rendering holds up the engine, and takes the longer the more runs there are: it gets a tenth of the time, no more. */
const restFactor = 10

/**
 * Writes reports one after the other. A result is written at once, unless the last write was a moment ago: it then waits
 * for ten times as long as that write took, and a newer result takes its place. Small campaigns have every run on disk
 * as it ends; large ones do not spend their time on reports.
 */
export class ReportWriter {
  readonly #write: Write
  readonly #pace: Timers
  #waiting: CampaignResult | undefined
  #writing: Promise<void> | undefined
  #restsUntilMs = -Infinity
  #cancel: (() => void) | undefined
  #failure: { readonly thrown: unknown } | undefined

  /** @param write as `writeReports` into the campaign's folder */
  constructor(write: Write, pace: Timers = realPace) {
    this.#write = write
    this.#pace = pace
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
    await this.#writing?.catch(() => undefined) // told to whom it was written for; what counts is the last one
    await this.#write(result)
  }

  async #writeOrWait(): Promise<void> {
    const restMs = this.#restsUntilMs - this.#pace.nowMs()
    if (restMs <= 0) return this.#writeWaiting()
    this.#cancel ??= this.#pace.later(restMs, () => {
      this.#cancel = undefined
      this.#writeWaiting().catch((thrown: unknown) => (this.#failure = { thrown })) // for the next update to throw
    })
  }

  async #writeWaiting(): Promise<void> {
    const result = this.#waiting
    if (result === undefined) return
    this.#waiting = undefined
    const startedMs = this.#pace.nowMs()
    this.#writing = this.#write(result)
    try {
      await this.#writing
    } finally {
      this.#writing = undefined
      const endedMs = this.#pace.nowMs()
      this.#restsUntilMs = endedMs + restFactor * (endedMs - startedMs)
    }
    if (this.#waiting !== undefined) await this.#writeOrWait()
  }
}
