// Streams of a record: files of JSON lines. Each line is on disk before the call returns, or in batches for
// large volumes.
import { closeSync, openSync, writeFileSync } from 'node:fs'
import { appendFile } from 'node:fs/promises'

/** Writes the lines of one kind to their file. */
export interface LineWriter {
  /** @returns whether the line is taken: a full buffer drops it */
  append(line: string): boolean
  /** Lines that were dropped because the disk was too slow. */
  readonly dropped: number
  /** Resolves once all lines so far are on disk. */
  flush(): Promise<void>
  close(): void
}

export interface StreamOptions {
  readonly file: string
  /** Called if writing failed. Lines may be missing from then on. */
  readonly onFailure: (thrown: unknown) => void
}

/** For evidence: each line is on disk when `append` returns, so a crash of the harness loses nothing. */
export class SynchronousStream implements LineWriter {
  readonly dropped = 0
  readonly #descriptor: number
  readonly #onFailure: (thrown: unknown) => void

  /** @throws if the file cannot be opened */
  constructor({ file, onFailure }: StreamOptions) {
    this.#descriptor = openSync(file, 'a')
    this.#onFailure = onFailure
  }

  append(line: string): boolean {
    try {
      // writeSync may write only part of a line to a disk that fills up, without an error.
      writeFileSync(this.#descriptor, line)
    } catch (thrown) {
      this.#onFailure(thrown)
    }
    return true
  }

  async flush(): Promise<void> {}

  close(): void {
    closeSync(this.#descriptor)
  }
}

const batchEveryMs = 50

/**
 * For large volumes: lines wait in memory and are written in batches, so that thousands a second do not stall
 * the clock.
 */
export class BufferedStream implements LineWriter {
  readonly #options: StreamOptions
  readonly #maxWaiting: number
  #waiting: string[] = []
  #writing: Promise<void> = Promise.resolve()
  #timer: NodeJS.Timeout | undefined
  #dropped = 0

  constructor(options: StreamOptions, maxWaiting = 100_000) {
    this.#options = options
    this.#maxWaiting = maxWaiting
  }

  get dropped(): number {
    return this.#dropped
  }

  append(line: string): boolean {
    if (this.#waiting.length >= this.#maxWaiting) {
      this.#dropped += 1
      return false
    }
    this.#waiting.push(line)
    this.#timer ??= setTimeout(() => void this.flush(), batchEveryMs).unref()
    return true
  }

  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#writing = this.#writing.then(() => this.#writeBatch())
    return this.#writing
  }

  close(): void {
    clearTimeout(this.#timer)
  }

  async #writeBatch(): Promise<void> {
    const batch = this.#waiting
    this.#waiting = []
    try {
      await appendFile(this.#options.file, batch.join(''))
    } catch (thrown) {
      this.#options.onFailure(thrown)
    }
  }
}
