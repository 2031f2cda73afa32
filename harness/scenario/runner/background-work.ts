// Work that runs during the steps of a scenario.
import { Deadline } from '../../core/deadline.ts'
import { markHandled } from '../../core/mark-handled.ts'

export class BackgroundWork implements AsyncDisposable {
  readonly #deadline: Deadline
  readonly #over = new AbortController()
  readonly #ofScenario: Promise<unknown>[] = []
  readonly #required: Promise<unknown>[] = []
  readonly #watching: Promise<unknown>[] = []

  /** @param deadline the run's deadline */
  constructor(deadline: Deadline) {
    this.#deadline = deadline
  }

  /**
   * Adds the scenario's own work. @returns the same promise; its failure counts as handled until somebody
   * awaits it
   */
  add<T>(work: Promise<T>): Promise<T> {
    this.#ofScenario.push(work)
    return markHandled(work)
  }

  /** Work of the harness that the scenario needs: its failure fails the scenario. */
  require(work: (deadline: Deadline) => Promise<unknown>): void {
    this.#required.push(markHandled(work(this.#untilOver())))
  }

  /** Work of the harness that the scenario does not wait for. Its failure means nothing. */
  watch(work: (deadline: Deadline) => Promise<unknown>): void {
    this.#watching.push(markHandled(work(this.#untilOver())))
  }

  /** Waits for everything except watching. @throws the first failure */
  async finish(): Promise<void> {
    await Promise.all([...this.#required, ...this.#ofScenario])
  }

  /** Ends the harness's own work and waits for its end. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#over.abort()
    await Promise.allSettled([...this.#watching, ...this.#required])
  }

  #untilOver(): Deadline {
    const { remainingMs, signal } = this.#deadline
    return Deadline.after(remainingMs, AbortSignal.any([signal, this.#over.signal]))
  }
}
