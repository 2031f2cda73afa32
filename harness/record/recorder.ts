// Writes a run's record while it happens, so that a crash of the harness leaves the evidence behind.
import { closeSync, openSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { RunClock } from '../core/clock.ts'
import { ChaosError, isDiskFull, messageOf, toChaosError } from '../core/errors.ts'
import type { CapturedEvent, Observation, RunHeader } from './record.ts'
import type { TimelineEntry } from './timeline.ts'

export const recordFiles = {
  header: 'run.json',
  timeline: 'timeline.jsonl',
  captures: 'captures.jsonl',
  observations: 'observations.jsonl',
  effects: 'effects.jsonl',
} as const

type WithoutTime<T> = T extends unknown ? Omit<T, 'atMs'> : never
/** A timeline entry before its instant is put on it. */
export type Happening = WithoutTime<TimelineEntry>

/**
 * Closed when it is disposed. What comes later is from something that outlived its run (an answer of a worker's that
 * was under way, say): it is dropped, since the record is judged by then and its descriptors may be another run's.
 */
export class RunRecorder implements Disposable {
  readonly folder: string
  readonly #clock: RunClock
  readonly #files: Readonly<Record<'timeline' | 'captures' | 'observations', number>>
  #failure: ChaosError | undefined
  #closed = false
  readonly #errorCodes = new Set<string>()

  private constructor(folder: string, clock: RunClock) {
    this.folder = folder
    this.#clock = clock
    this.#files = {
      timeline: openSync(path.join(folder, recordFiles.timeline), 'a'),
      captures: openSync(path.join(folder, recordFiles.captures), 'a'),
      observations: openSync(path.join(folder, recordFiles.observations), 'a'),
    }
  }

  /** @throws ChaosError `CHAOS_RECORD_UNWRITABLE` where the folder cannot be made or written */
  static async open(folder: string, header: RunHeader, clock: RunClock): Promise<RunRecorder> {
    try {
      await mkdir(path.join(folder, 'logs'), { recursive: true })
      writeFileSync(path.join(folder, recordFiles.header), `${JSON.stringify(header, undefined, 2)}\n`)
      return new RunRecorder(folder, clock)
    } catch (thrown) {
      throw unwritable(folder, thrown)
    }
  }

  /** Now, in milliseconds from the run's start. */
  get nowMs(): number {
    return this.#clock.nowMs()
  }

  /** Puts an entry on the timeline. @returns its instant on the run's clock */
  mark(happening: Happening, atMs: number = this.#clock.nowMs()): number {
    this.#append('timeline', { atMs, ...happening })
    return atMs
  }

  /** Puts anything thrown on the timeline; the verdict follows from its kind. */
  error(thrown: unknown): void {
    const { code, kind: errorKind, message, hint } = toChaosError(thrown)
    this.#errorCodes.add(code)
    this.mark({ kind: 'error', code, errorKind, message, ...(hint === undefined ? {} : { hint }) })
  }

  /** As `error`, unless an error with the same code is on the timeline already. */
  errorOnce(thrown: unknown): void {
    if (!this.#errorCodes.has(toChaosError(thrown).code)) this.error(thrown)
  }

  capture(captured: Omit<CapturedEvent, 'receivedAtMs'>): void {
    this.#append('captures', { ...captured, receivedAtMs: this.#clock.nowMs() })
  }

  observe(observation: Observation): void {
    this.#append('observations', observation)
  }

  /** The first write that failed. Later ones are not tried: the record has a hole from there on. */
  get failure(): ChaosError | undefined {
    return this.#failure
  }

  [Symbol.dispose](): void {
    if (this.#closed) return
    this.#closed = true
    for (const file of Object.values(this.#files)) closeSync(file)
  }

  #append(file: 'timeline' | 'captures' | 'observations', value: unknown): void {
    if (this.#closed || this.#failure !== undefined) return
    try {
      // Not writeSync, which on a disk that fills up writes a part of the line and does not say so.
      writeFileSync(this.#files[file], `${JSON.stringify(value)}\n`)
    } catch (thrown) {
      this.#failure = unwritable(this.folder, thrown)
    }
  }
}

function unwritable(folder: string, thrown: unknown): ChaosError {
  return new ChaosError(`the record in ${folder} cannot be written: ${messageOf(thrown)}`, {
    code: isDiskFull(thrown) ? 'CHAOS_DISK_FULL' : 'CHAOS_RECORD_UNWRITABLE',
    hint: 'Free disk space or choose another folder with --out.',
    cause: thrown,
  })
}
