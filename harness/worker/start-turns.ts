// Starting a worker loads every core of a small machine for a second. The first start of a run's worker is nobody's figure,
// the next one is its recovery: so that it is the system's and not its neighbours', runs take turns to strike, until what
// they struck is up again, and others' workers are started for the first time while those only wait for a moment. Who is
// done with its scenario waits, too, before its histories are fetched and replayed.
import { Gate, maxHoldMs } from './gate.ts'
import type { WorkerProcess } from './worker-process.ts'

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

export class StartTurns {
  readonly #atATime: number
  readonly #starting: Gate<Turn>
  readonly #striking: Gate<Turn>
  readonly #waiting = new Set<Turn>()
  readonly #firstStarts = new Set<FirstStart>()
  readonly #onCalm = new Set<() => void>()
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

  /** Until others' first starts may go on; for 15 s at most. @throws what the signal is aborted with while it waits */
  async calm(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    if (!this.#standStill) return
    const { promise, resolve } = Promise.withResolvers<void>()
    const goOn = () => resolve()
    const timer = setTimeout(goOn, maxHoldMs)
    signal.addEventListener('abort', goOn)
    this.#onCalm.add(goOn)
    await promise
    this.#onCalm.delete(goOn)
    signal.removeEventListener('abort', goOn)
    clearTimeout(timer)
    signal.throwIfAborted()
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
    if (!standStill) for (const goOn of this.#onCalm) goOn()
  }
}

/** @param onError told where it cannot be signalled */
export function stoppable(life: WorkerProcess, onError: (thrown: unknown) => void): FirstStart {
  let last = Promise.resolve()
  const send = (signal: NodeJS.Signals) => {
    last = last.then(() => life.signal(signal)).catch(onError)
  }
  return { stop: () => send('SIGSTOP'), goOn: () => send('SIGCONT') }
}
