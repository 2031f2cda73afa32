// Errors that nobody caught. Node would end with 1, which here says that a promise was broken, and would heal nothing.
import { ChaosError, messageOf } from '../core/errors.ts'
import { exitCodes } from '../core/exit-codes.ts'

/** What a campaign takes to heal, and then some; after that the guard ends what is left. */
const healsWithinMs = 30_000

/** Made once a process: from then on nothing that is thrown ends it unheard. */
export class Uncaught {
  #heal: ((error: ChaosError) => void) | undefined
  #first: ChaosError | undefined

  constructor() {
    // Rejections that nobody handles come here as well.
    process.on('uncaughtException', (thrown) => this.#runScenario(thrown))
    // Where nobody reads what we say, there is still something to heal.
    process.stderr.on('error', () => undefined)
  }

  /** The first error that nobody caught. */
  get first(): ChaosError | undefined {
    return this.#first
  }

  /** Something runs from here on that has to be healed: `heal` begins it. Before, the process ends at once. */
  onFirstError(heal: (error: ChaosError) => void): void {
    this.#heal = heal
  }

  #runScenario(thrown: unknown): void {
    const error = uncaughtError(thrown)
    process.stderr.write(`${error.message} [${error.code}]\n${stackOf(thrown)}\n`)
    if (this.#first !== undefined) return
    this.#first = error
    if (this.#heal === undefined) process.exit(exitCodes.unproven.code)
    setTimeout(() => process.exit(exitCodes.unproven.code), healsWithinMs).unref()
    this.#heal(error)
  }
}

function uncaughtError(thrown: unknown): ChaosError {
  return new ChaosError(`an error that nobody caught: ${messageOf(thrown)}`, {
    code: 'CHAOS_UNCAUGHT',
    hint: 'A scenario that awaits a promise too late or not at all (`meanwhile` is for that), or a mistake of the harness: the cluster above tells which.',
    cause: thrown,
  })
}

function stackOf(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? '') : ''
}
