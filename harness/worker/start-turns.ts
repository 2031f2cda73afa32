// Starting a worker loads every core of a small machine for a second. The first start of a run's worker is nobody's figure,
// the next one is its recovery: so that it is the system's and not its neighbours', runs take turns to strike, until what
// they struck is up again, and others' workers are started for the first time while those only wait for a moment.
import type { WorkerLife } from './worker-life.ts'

/** Nobody waits longer for a run that does not come back. */
export const heldAtMostMs = 15_000

/** Held from a run's first start until it is over the worst; each half of it for 15 s at most. */
export interface Turn extends Disposable {
  /** The worker is up: done once the run may strike. @throws what the signal is aborted with while it waits */
  toStrike(signal: AbortSignal): Promise<void>
  /** Until that is disposed the run only waits: others may start. */
  waiting(): Disposable
}

/** A first start under way. */
export interface FirstStart {
  stop(): void
  goOn(): void
}

/** So many at a time, in the order of asking. */
class Gate {
  readonly #atATime: number
  readonly #within = new Map<Turn, NodeJS.Timeout>()
  readonly #onChange: () => void
  readonly #waiting: (() => void)[] = []
  #isOpen = true

  constructor(atATime: number, onChange: () => void = () => undefined) {
    this.#atATime = atATime
    this.#onChange = onChange
  }

  count(which: (turn: Turn) => boolean): number {
    return [...this.#within.keys()].filter(which).length
  }

  set isOpen(isOpen: boolean) {
    this.#isOpen = isOpen
    this.#goOn()
  }

  /** @throws what the signal is aborted with while it waits */
  async enter(turn: Turn, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const leave = () => {
      this.#waiting.splice(this.#waiting.indexOf(enter), 1)
      reject(signal.reason as Error)
    }
    const enter = () => {
      signal.removeEventListener('abort', leave)
      this.#within.set(turn, setTimeout(() => this.leave(turn), heldAtMostMs).unref())
      resolve()
    }
    signal.addEventListener('abort', leave, { once: true })
    this.#waiting.push(enter)
    this.#goOn()
    await promise
  }

  leave(turn: Turn): void {
    clearTimeout(this.#within.get(turn))
    this.#within.delete(turn)
    this.#goOn()
  }

  #goOn(): void {
    while (this.#isOpen && this.#within.size < this.#atATime && this.#waiting.length > 0) {
      this.#waiting.shift()?.()
    }
    this.#onChange()
  }
}

export class StartTurns {
  readonly #atATime: number
  readonly #starting: Gate
  readonly #striking: Gate
  readonly #waiting = new Set<Turn>()
  readonly #firstStarts = new Set<FirstStart>()
  #again = 0
  #standStill = false

  /** @param cores one start and one strike at a time for every two of them */
  constructor(cores: number) {
    this.#atATime = Math.max(1, Math.floor(cores / 2))
    this.#starting = new Gate(this.#atATime)
    this.#striking = new Gate(this.#atATime, () => this.#changed())
  }

  /** In the order of asking. @throws what the signal is aborted with while it waits */
  async first(signal: AbortSignal): Promise<Turn> {
    let waits = 0
    const turn: Turn = {
      toStrike: async (within) => {
        const entered = this.#striking.enter(turn, within)
        this.#starting.leave(turn)
        await entered
      },
      waiting: () => {
        waits += 1
        this.#waiting.add(turn)
        this.#changed()
        return {
          [Symbol.dispose]: () => {
            waits -= 1
            if (waits === 0) this.#waiting.delete(turn)
            this.#changed()
          },
        }
      },
      [Symbol.dispose]: () => {
        this.#starting.leave(turn)
        this.#striking.leave(turn)
      },
    }
    await this.#starting.enter(turn, signal)
    return turn
  }

  /** Never waits: first starts stand still for as long. */
  again(): Disposable {
    this.#again += 1
    this.#changed()
    let isOver = false
    return {
      [Symbol.dispose]: () => {
        if (!isOver) this.#again -= 1
        isOver = true
        this.#changed()
      },
    }
  }

  /** Of a first start that has begun, until it is done. */
  makesWay(start: FirstStart): Disposable {
    this.#firstStarts.add(start)
    if (this.#standStill) start.stop()
    return {
      [Symbol.dispose]: () => {
        this.#firstStarts.delete(start)
        // It was found to be up while it stood still.
        if (this.#standStill) start.goOn()
      },
    }
  }

  #changed(): void {
    const busy = this.#striking.count((turn) => !this.#waiting.has(turn))
    const standStill = this.#again > 0 || busy >= this.#atATime
    if (standStill === this.#standStill) return
    this.#standStill = standStill
    for (const start of this.#firstStarts) {
      if (standStill) start.stop()
      else start.goOn()
    }
    this.#starting.isOpen = !standStill
  }
}

/** @param onError told where it cannot be signalled */
export function stoppable(life: WorkerLife, onError: (thrown: unknown) => void): FirstStart {
  let last = Promise.resolve()
  const send = (signal: NodeJS.Signals) => {
    last = last.then(() => life.signal(signal)).catch(onError)
  }
  return { stop: () => send('SIGSTOP'), goOn: () => send('SIGCONT') }
}
