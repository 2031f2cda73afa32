// Starting a worker loads every core of a small machine for a second. The first start of a run's worker is nobody's figure,
// the next one is its recovery: so that it is the system's and not its neighbours', runs take turns, first to start and
// then to strike until they are up again, and make way for starts after that. While a run only waits, with its worker
// down, it lends its turn: another run's worker may start, and waits before it is struck.

/** Nobody waits longer for a run that does not come back. */
const heldAtMostMs = 15_000

/** Held from a run's first start until it is over the worst; each half of it for 15 s at most. */
export interface Turn extends Disposable {
  /** The worker is up: done once the run may strike. @throws what the signal is aborted with while it waits */
  toStrike(signal: AbortSignal): Promise<void>
  /** Until that is disposed the run starts nothing: one other's first start may come in. */
  lend(): Disposable
}

/** `lending` is striking, too. Others are kept out by all but `out`. */
type State = 'starting' | 'striking' | 'lending' | 'out'

export class StartTurns {
  readonly #sideBySide: number
  readonly #states = new Map<Turn, State>()
  readonly #toStrike: (() => void)[] = []
  readonly #toStart: (() => void)[] = []
  #again = 0

  /** @param cores one run at a time for every two of them */
  constructor(cores: number) {
    this.#sideBySide = Math.max(1, Math.floor(cores / 2))
  }

  /** In the order of asking. @throws what the signal is aborted with while it waits */
  async first(signal: AbortSignal): Promise<Turn> {
    let tooLong: NodeJS.Timeout | undefined
    const turn: Turn = {
      toStrike: async (within) => {
        // Whoever waits to strike goes first, this one too: nobody is let in to start in between.
        this.#states.delete(turn)
        await this.#queued(this.#toStrike, () => enter('striking'), within)
      },
      lend: () => {
        if (this.#stateOf(turn) === 'striking') this.#turn(turn, 'lending')
        return {
          [Symbol.dispose]: () => {
            if (this.#stateOf(turn) === 'lending') this.#turn(turn, 'striking')
          },
        }
      },
      [Symbol.dispose]: () => {
        clearTimeout(tooLong)
        this.#turn(turn, 'out')
      },
    }
    const enter = (state: State) => {
      clearTimeout(tooLong)
      tooLong = setTimeout(() => this.#turn(turn, 'out'), heldAtMostMs).unref()
      this.#states.set(turn, state)
    }
    await this.#queued(this.#toStart, () => enter('starting'), signal)
    return turn
  }

  /** Never waits; first starts wait for it. */
  again(): Disposable {
    this.#again += 1
    let isOver = false
    return {
      [Symbol.dispose]: () => {
        if (isOver) return
        isOver = true
        this.#again -= 1
        this.#goOn()
      },
    }
  }

  #stateOf(turn: Turn): State {
    return this.#states.get(turn) ?? 'out'
  }

  #turn(turn: Turn, state: State): void {
    if (state === 'out') this.#states.delete(turn)
    else this.#states.set(turn, state)
    this.#goOn()
  }

  /** Done once it has entered. */
  async #queued(queue: (() => void)[], enter: () => void, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const leave = () => {
      queue.splice(queue.indexOf(give), 1)
      reject(signal.reason as Error)
    }
    const give = () => {
      signal.removeEventListener('abort', leave)
      enter()
      resolve()
    }
    signal.addEventListener('abort', leave, { once: true })
    queue.push(give)
    this.#goOn()
    await promise
  }

  #goOn(): void {
    while (this.#states.size < this.#sideBySide && this.#toStrike.length > 0) this.#toStrike.shift()?.()
    while (this.#again === 0 && this.#toStart.length > 0 && this.#hasRoom()) this.#toStart.shift()?.()
  }

  /** For one more first start; what was lent is taken. */
  #hasRoom(): boolean {
    if (this.#states.size < this.#sideBySide) return true
    const lender = [...this.#states].find(([, state]) => state === 'lending')
    if (lender !== undefined) this.#states.set(lender[0], 'striking')
    return lender !== undefined
  }
}
