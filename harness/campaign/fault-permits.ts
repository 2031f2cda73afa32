// Runs on one machine slow each other down. So that recovery figures are the system's, only some runs at a time may be
// between their first fault and the moment when all is up again, and no worker of another run is started beside them.
import { Semaphore } from 'async-mutex'
import type { FaultPermit } from '../scenario/fault-permit.ts'
import { QueuedPlace, waitForPlace } from './queued-place.ts'

/** Nobody waits longer than this for a run that does not get done. */
const maxHoldMs = 15_000

/** A run that lent the machine gets it back first; else it goes in the order of asking. */
const priorities = { asking: 0, returning: 1 } as const

export class FaultPermits {
  readonly #atATime: number
  /** Runs that may inject. */
  readonly #faults: Semaphore
  /** The machine: for runs that inject, and for first starts of workers. */
  readonly #machine: Semaphore
  readonly #measured = new Set<FaultPermit>()
  readonly #onIdle = new Set<() => void>()

  /** @param cores one run at a time for every two of them */
  constructor(cores: number) {
    this.#atATime = Math.max(1, Math.floor(cores / 2))
    this.#faults = new Semaphore(this.#atATime)
    this.#machine = new Semaphore(this.#atATime)
  }

  /** To start a run's worker for the first time. @throws what the signal is aborted with while it waits */
  async acquireStart(signal: AbortSignal): Promise<Disposable> {
    const place = await waitForPlace(this.#machine, priorities.asking, signal)
    const timer = setTimeout(() => place[Symbol.dispose](), maxHoldMs).unref()
    return {
      [Symbol.dispose]() {
        clearTimeout(timer)
        place[Symbol.dispose]()
      },
    }
  }

  /** To inject faults, in the order of asking. @throws what the signal is aborted with while it waits */
  async acquire(signal: AbortSignal): Promise<FaultPermit> {
    using stack = new DisposableStack()
    const turn = stack.use(await waitForPlace(this.#faults, priorities.asking, signal))
    const machine = await waitForPlace(this.#machine, priorities.asking, signal)
    stack.move()
    return this.#permit(turn, machine)
  }

  /**
   * For work after a scenario, as replaying histories is: waits while recoveries are measured, at the longest until one
   * of them is over or only waits. @throws what the signal is aborted with while it waits
   */
  async whenIdle(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    if (this.#measured.size < this.#atATime) return
    const { promise, resolve } = Promise.withResolvers<void>()
    const goOn = () => resolve()
    signal.addEventListener('abort', goOn, { once: true })
    this.#onIdle.add(goOn)
    await promise
    this.#onIdle.delete(goOn)
    signal.removeEventListener('abort', goOn)
    signal.throwIfAborted()
  }

  #permit(turn: QueuedPlace, granted: QueuedPlace): FaultPermit {
    let machine: QueuedPlace | undefined = granted
    let timer: NodeJS.Timeout
    const hold = () => {
      this.#measured.add(permit)
      timer = setTimeout(release, maxHoldMs).unref()
    }
    const release = () => {
      clearTimeout(timer)
      machine?.[Symbol.dispose]()
      machine = undefined
      turn[Symbol.dispose]()
      this.#measured.delete(permit)
      this.#tellIdle()
    }
    const permit: FaultPermit = {
      lend: () => {
        if (machine === undefined) return
        machine[Symbol.dispose]()
        // If nobody waits for the machine, this gets it back at once.
        machine = new QueuedPlace(this.#machine, priorities.returning)
        this.#tellIdle()
      },
      retake: () => {
        if (machine !== undefined) return
        machine = new QueuedPlace(this.#machine, priorities.returning)
        hold()
      },
      [Symbol.dispose]: release,
    }
    hold()
    return permit
  }

  #tellIdle(): void {
    for (const goOn of this.#onIdle) goOn()
  }
}
