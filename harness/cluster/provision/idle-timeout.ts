// Ends a transfer whose other side says nothing any more; time in which nothing is expected of it does not count.

export class IdleTimeout {
  readonly #controller = new AbortController()
  readonly #limitMs: number
  #timer: NodeJS.Timeout | undefined

  /** Starts at once. */
  constructor(limitMs: number) {
    this.#limitMs = limitMs
    this.start()
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  get reason(): string {
    return `silent for ${this.#limitMs / 1000} s`
  }

  start(): void {
    this.stop()
    this.#timer = setTimeout(() => this.#controller.abort(new Error(this.reason)), this.#limitMs)
  }

  stop(): void {
    clearTimeout(this.#timer)
  }
}
