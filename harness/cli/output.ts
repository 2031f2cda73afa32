// Standard output that cannot be written, because its disk is full for example, must not look like success.
import { ChaosError, messageOf } from '../core/errors.ts'

/** Created once for each process. */
export class Output {
  readonly #stream: NodeJS.WriteStream
  #failure: ChaosError | undefined

  constructor(stream: NodeJS.WriteStream = process.stdout) {
    this.#stream = stream
    stream.on('error', (thrown: NodeJS.ErrnoException) => {
      // A reader that has read enough (`chaos list | head`) is no failure.
      if (thrown.code !== 'EPIPE') this.#failure ??= outputUnwritable(thrown)
    })
  }

  /** Resolves once everything was written, with what could not be written. */
  async settled(): Promise<ChaosError | undefined> {
    await new Promise((resolve) => this.#stream.write('', resolve))
    // A stream reports its failure after it has called back.
    await new Promise((resolve) => setImmediate(resolve))
    return this.#failure
  }
}

export function outputUnwritable(thrown: unknown): ChaosError {
  return new ChaosError(`the output cannot be written: ${messageOf(thrown)}`, {
    code: 'CHAOS_OUTPUT_UNWRITABLE',
    cause: thrown,
  })
}
