// Writes a run's record while the run goes on, so that a crash of the harness leaves the evidence behind.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { RunClock } from '../core/clock.ts'
import { ChaosError, toChaosError } from '../core/errors.ts'
import { makeFolder } from '../core/make-folder.ts'
import { recordFiles, sealFile, streamFile } from './files.ts'
import type { RunHeader } from './header.ts'
import type { ObservationEntry } from './observation.ts'
import type { OpaqueLine } from './opaque.ts'
import type { CapturedEvent } from './record.ts'
import { LineDigest, lineNumberField, sealedFile, type Seal, type SealedFile } from './seal.ts'
import { BufferedStream, SynchronousStream, type LineWriter } from './stream.ts'
import type { TimelineEntry } from './timeline.ts'
import { unwritable } from './unwritable.ts'
import { WrittenCounts } from './written-counts.ts'

type WithoutTime<T> = T extends unknown ? Omit<T, 'atMs'> : never
/** Without its time. */
export type Happening = WithoutTime<TimelineEntry>

/** Lines of one kind, in their own file. */
export interface RecordStream {
  /** Adds a line. If it cannot be written, `failure` of the recorder says so; nothing is thrown here. */
  write(value: object): void
}

interface OpenStream extends RecordStream {
  readonly writer: LineWriter
  readonly digest: LineDigest
}

export interface RecordStreamOptions {
  /** Write in batches, for large volumes. A crash of the harness loses the last batch. @default false */
  readonly buffered?: boolean
  /**
   * The most lines that a buffered stream keeps in memory; more are dropped and counted. @default 100,000
   */
  readonly maxWaiting?: number
}

/**
 * Disposing closes the record. Later entries are dropped: they come from something that outlived its run,
 * such as a worker's late answer, and the record is judged by then.
 */
export class RunRecorder implements AsyncDisposable {
  readonly folder: string
  readonly counts = new WrittenCounts()
  readonly #clock: RunClock
  readonly #streams = new Map<string, OpenStream>()
  /** Of the files that others write into the record. */
  readonly #others = new Map<string, () => SealedFile>()
  readonly #header: SealedFile
  #failure: ChaosError | undefined
  #closed = false
  readonly #errorCodes = new Set<string>()

  private constructor(folder: string, clock: RunClock, header: string) {
    this.folder = folder
    this.#clock = clock
    this.#header = sealedFile(header)
    for (const name of ['timeline', 'captures', 'observations']) this.stream(name)
  }

  /** @throws ChaosError `CHAOS_RECORD_UNWRITABLE`, `CHAOS_DISK_FULL` */
  static async open(folder: string, header: RunHeader, clock: RunClock): Promise<RunRecorder> {
    try {
      await makeFolder(path.join(folder, 'logs'))
      const text = `${JSON.stringify(header, undefined, 2)}\n`
      writeFileSync(path.join(folder, recordFiles.header), text)
      return new RunRecorder(folder, clock, text)
    } catch (thrown) {
      throw unwritable(folder, thrown)
    }
  }

  /** Milliseconds since the run's start. */
  get nowMs(): number {
    return this.#clock.nowMs()
  }

  /**
   * The stream with this name, in `<name>.jsonl`. The first call opens the stream and decides how it is
   * written.
   * @throws ChaosError `CHAOS_STREAM_NAME` if the name has other characters than lower-case letters, digits
   *   and hyphens
   */
  stream(name: string, { buffered = false, maxWaiting }: RecordStreamOptions = {}): RecordStream {
    const known = this.#streams.get(name)
    if (known !== undefined) return known
    if (!/^[a-z][a-z0-9-]*$/.test(name) || streamFile(name) === recordFiles.effects) {
      throw new ChaosError(`a record can have no stream named ${JSON.stringify(name)}`, {
        code: 'CHAOS_STREAM_NAME',
        hint: 'Use lower-case letters, digits and hyphens. The stream "effects" belongs to the ledger.',
      })
    }
    const options = {
      file: path.join(this.folder, streamFile(name)),
      onFailure: (thrown: unknown) => (this.#failure ??= unwritable(this.folder, thrown)),
    }
    const writer = buffered ? new BufferedStream(options, maxWaiting) : new SynchronousStream(options)
    const digest = new LineDigest()
    const stream = { writer, digest, write: (value: object) => this.#write(stream, value) }
    this.#streams.set(name, stream)
    return stream
  }

  /**
   * Puts a file that something else writes under the record's seal.
   * @param written everything that was written to it when the record is closed
   */
  sealAlso(file: string, written: () => SealedFile): void {
    this.#others.set(file, written)
  }

  /** Adds an entry to the timeline. @returns its time on the run's clock */
  mark(happening: Happening, atMs: number = this.#clock.nowMs()): number {
    this.stream('timeline').write({ atMs, ...happening })
    this.counts.addEntry(happening)
    return atMs
  }

  /** The scenario is over. The timeline says how many entries it must have by now. */
  end(): void {
    this.mark({ kind: 'ended', entries: this.counts.entries })
  }

  /** Adds anything thrown to the timeline. Its kind decides the verdict. */
  error(thrown: unknown): void {
    const { code, kind: errorKind, message, hint, subject } = toChaosError(thrown)
    this.#errorCodes.add(code)
    this.mark({ kind: 'error', code, errorKind, message, hint, subject })
  }

  /** Like `error`, unless the timeline already has an error with the same code. */
  errorOnce(thrown: unknown): void {
    if (!this.#errorCodes.has(toChaosError(thrown).code)) this.error(thrown)
  }

  capture(captured: Omit<CapturedEvent, 'receivedAtMs'>): void {
    this.stream('captures').write({ ...captured, receivedAtMs: this.#clock.nowMs() })
    this.counts.addCapture()
  }

  observe(observation: ObservationEntry | OpaqueLine): void {
    this.stream('observations').write(observation)
    this.counts.addObservation(observation)
  }

  /** The first write that failed. Later ones are not attempted: the record is incomplete from there on. */
  get failure(): ChaosError | undefined {
    return this.#failure
  }

  /** Resolves once all lines so far are on disk, or once `failure` says why they are not. */
  async flush(): Promise<void> {
    await Promise.all([...this.#streams.values()].map(({ writer }) => writer.flush()))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#closed) return
    await this.flush()
    for (const [stream, { writer }] of this.#streams) {
      if (writer.dropped > 0) this.mark({ kind: 'lines-dropped', stream, lines: writer.dropped })
    }
    this.#closed = true
    for (const { writer } of this.#streams.values()) writer.close()
    this.#seal()
  }

  /** An incomplete record gets no seal. */
  #seal(): void {
    if (this.#failure !== undefined) return
    const files: [string, SealedFile][] = [
      [recordFiles.header, this.#header],
      ...[...this.#streams].map(([name, { digest }]): [string, SealedFile] => [
        streamFile(name),
        digest.sealed,
      ]),
      ...[...this.#others].map(([file, written]): [string, SealedFile] => [file, written()]),
    ]
    const seal: Seal = { files: Object.fromEntries(files) }
    try {
      writeFileSync(path.join(this.folder, sealFile), `${JSON.stringify(seal, undefined, 2)}\n`)
    } catch (thrown) {
      this.#failure = unwritable(this.folder, thrown)
    }
  }

  #write({ writer, digest }: OpenStream, value: object): void {
    if (this.#closed || this.#failure !== undefined) return
    try {
      const line = `${JSON.stringify({ [lineNumberField]: digest.lines + 1, ...value })}\n`
      if (writer.append(line)) digest.add(line)
    } catch (thrown) {
      // The value is one that JSON cannot hold.
      this.#failure = unwritable(this.folder, thrown)
    }
  }
}
