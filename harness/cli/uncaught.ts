// Handles uncaught errors. Node would exit with 1, which here means a broken promise, and would heal nothing.
import { consoleText } from '../core/console-text.ts'
import { ChaosError, messageOf } from '../core/errors.ts'
import { exitCodes } from '../core/exit-codes.ts'

/** More time than a campaign needs to heal. After it the guard ends what is left. */
const healsWithinMs = 30_000

/** Created once for each process. From then on every uncaught error is reported. */
export class Uncaught {
  #heal: ((error: ChaosError) => void) | undefined
  #first: ChaosError | undefined

  constructor() {
    // Unhandled rejections arrive here also.
    process.on('uncaughtException', (thrown) => this.#runScenario(thrown))
    // Even if nobody reads the output, the faults must still be healed.
    process.stderr.on('error', () => undefined)
  }

  /** The first uncaught error. */
  get first(): ChaosError | undefined {
    return this.#first
  }

  /**
   * Registers what an uncaught error must heal; `heal` starts it. Without a registration the process ends at
   * once.
   */
  onFirstError(heal: (error: ChaosError) => void): void {
    this.#heal = heal
  }

  #runScenario(thrown: unknown): void {
    const error = uncaughtError(thrown)
    process.stderr.write(`${consoleText(error.message)} [${error.code}]\n${consoleText(stackOf(thrown))}\n`)
    if (this.#first !== undefined) return
    this.#first = error
    if (this.#heal === undefined) process.exit(exitCodes.unproven.code)
    setTimeout(() => process.exit(exitCodes.unproven.code), healsWithinMs).unref()
    this.#heal(error)
  }
}

function uncaughtError(thrown: unknown): ChaosError {
  return new ChaosError(`uncaught error: ${messageOf(thrown)}`, {
    code: 'CHAOS_UNCAUGHT',
    hint: 'A scenario that awaits a promise too late or not at all (`meanwhile` is for that), or a mistake of the harness: the cluster above tells which.',
    cause: thrown,
  })
}

function stackOf(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? '') : ''
}
