// All reports of a campaign, kept up to date while it runs: an interrupted campaign leaves what it has proven so far.
import { join } from 'node:path'
import type { CampaignResult } from '../record/timing.ts'
import { writeAtomically } from './files.ts'
import { renderJunit } from './junit.ts'
import { renderTiming } from './timing.ts'

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
 * Writes reports one after the other, the newest result last. Runs that end while a write is under way share the
 * next one, so that many short runs do not queue up behind the disk.
 */
export class ReportWriter {
  readonly #folder: string
  #waiting: CampaignResult | undefined
  #writing: Promise<void> | undefined

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Resolves once `result`, or a newer one, is on disk. @throws as `writeReports` does */
  async update(result: CampaignResult): Promise<void> {
    this.#waiting = result
    this.#writing ??= this.#writeAll()
    await this.#writing
  }

  async #writeAll(): Promise<void> {
    try {
      while (this.#waiting !== undefined) {
        const result = this.#waiting
        this.#waiting = undefined
        await writeReports(result, this.#folder)
      }
    } finally {
      // In the same turn as the loop's last look, so that no result can fall in between.
      this.#writing = undefined
    }
  }
}
