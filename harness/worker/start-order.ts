// Which starts of workers wait for each other. A worker's pollers are told by being new on its task queues, so two workers
// that share a queue start one after the other.

export class StartOrder {
  readonly #lastOn = new Map<string, Promise<unknown>>()

  /** Does the work once all work that was asked for before on any of these queues has ended, however it ended. */
  async after<T>(queues: readonly string[], work: () => Promise<T>): Promise<T> {
    const before = queues.map((queue) => this.#lastOn.get(queue) ?? Promise.resolve())
    const done = Promise.allSettled(before).then(work)
    for (const queue of queues) this.#lastOn.set(queue, done)
    return done
  }
}
