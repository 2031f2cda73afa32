// Runs on one machine slow each other down. So that recovery figures are the system's, only some runs at a time may be
// between their first fault and the moment when all is up again, and at most one worker of another run is started beside
// each of them.
import { Semaphore } from 'async-mutex'
import type { FaultPermit } from '../scenario/fault-permit.ts'
import { QueuedPlace, waitForPlace } from './queued-place.ts'

/** Nobody waits longer than this for a run that does not get done. */
const maxHoldMs = 15_000

/** A core for each. Two workers start side by side in hardly more time than one, also if one of them recovers. */
const start = { weight: 1 } as const
const measured = { weight: 1 } as const
/** A run that lent its core gets it back first; else cores are given in the order of asking. */
const returning = { ...measured, priority: 1 } as const
const coresPerFault = 2

export class FaultPermits {
  readonly #atATime: number
  /** Runs that may inject. */
  readonly #faults: Semaphore
  /** Cores: for runs that inject, and for first starts of workers. */
  readonly #cores: Semaphore
  readonly #measured = new Set<FaultPermit>()
  readonly #onIdle = new Set<() => void>()

  /** @param cores one run at a time for every two of them */
  constructor(cores: number) {
    this.#atATime = Math.max(1, Math.floor(cores / coresPerFault))
    this.#faults = new Semaphore(this.#atATime)
    this.#cores = new Semaphore(coresPerFault * this.#atATime)
  }

  /** To start a run's worker for the first time. @throws what the signal is aborted with while it waits */
  async acquireStart(signal: AbortSignal): Promise<Disposable> {
    const place = await waitForPlace(this.#cores, start, signal)
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
    const turn = stack.use(await waitForPlace(this.#faults, { weight: 1 }, signal))
    const cores = await waitForPlace(this.#cores, measured, signal)
    stack.move()
    return this.#permit(turn, cores)
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
    let cores: QueuedPlace | undefined = granted
    let timer: NodeJS.Timeout
    const hold = () => {
      timer = setTimeout(release, maxHoldMs).unref()
    }
    const release = () => {
      clearTimeout(timer)
      cores?.[Symbol.dispose]()
      cores = undefined
      turn[Symbol.dispose]()
      this.#measured.delete(permit)
      this.#tellIdle()
    }
    const permit: FaultPermit = {
      lend: () => {
        if (cores === undefined) return
        cores[Symbol.dispose]()
        // If nobody waits for them, this gets them back at once.
        cores = new QueuedPlace(this.#cores, returning)
        this.#tellIdle()
      },
      retake: () => {
        // Before the first fault there is no recovery to measure.
        this.#measured.add(permit)
        if (cores !== undefined) return
        cores = new QueuedPlace(this.#cores, returning)
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
