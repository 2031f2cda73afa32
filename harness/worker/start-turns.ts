// Starting a worker loads every core of a small machine for a second. The first start of a run's worker is nobody's figure,
// the next one is its recovery: so that it is the system's and not its neighbours', runs take turns from their first start
// until what they struck is up again, and make way for starts after that.

/** Nobody waits longer for a run that does not come back. */
const heldAtMostMs = 15_000

/** Held from a run's first start until it is over the worst, for 15 s at most. */
export type Turn = Disposable

export class StartTurns {
  readonly #sideBySide: number
  readonly #waiting: (() => void)[] = []
  #first = 0
  #again = 0

  /** @param cores one run at a time for every two of them */
  constructor(cores: number) {
    this.#sideBySide = Math.max(1, Math.floor(cores / 2))
  }

  /** In the order of asking. @throws what the signal is aborted with while it waits */
  async first(signal: AbortSignal): Promise<Turn> {
    signal.throwIfAborted()
    if (this.#mayBegin) this.#first += 1
    else await this.#queue(signal)
    const turn = this.#held(() => (this.#first -= 1))
    setTimeout(() => turn[Symbol.dispose](), heldAtMostMs).unref()
    return turn
  }

  /** Never waits; first starts wait for it. */
  again(): Turn {
    this.#again += 1
    return this.#held(() => (this.#again -= 1))
  }

  get #mayBegin(): boolean {
    return this.#again === 0 && this.#first < this.#sideBySide
  }

  async #queue(signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const give = () => {
      this.#first += 1
      resolve()
    }
    const leave = () => {
      this.#waiting.splice(this.#waiting.indexOf(give), 1)
      reject(signal.reason as Error)
    }
    this.#waiting.push(give)
    signal.addEventListener('abort', leave, { once: true })
    try {
      await promise
    } finally {
      signal.removeEventListener('abort', leave)
    }
  }

  #held(release: () => void): Turn {
    let isHeld = true
    return {
      [Symbol.dispose]: () => {
        if (!isHeld) return
        isHeld = false
        release()
        while (this.#mayBegin && this.#waiting.length > 0) this.#waiting.shift()?.()
      },
    }
  }
}
