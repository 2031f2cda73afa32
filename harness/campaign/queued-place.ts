// A place in the queue of a semaphore. It can be given up at any time, also before its turn has come.
import type { Semaphore } from 'async-mutex'

export interface PlaceOptions {
  /** How much of the semaphore it takes. */
  readonly weight: number
  /** Higher ones come first. @default 0 */
  readonly priority?: number
}

export class QueuedPlace implements Disposable {
  /** Resolves when the semaphore lets this place in; never rejects. */
  readonly granted: Promise<void>
  #isOver = false
  #release: (() => void) | undefined

  constructor(semaphore: Semaphore, { weight, priority = 0 }: PlaceOptions) {
    this.granted = semaphore.acquire(weight, priority).then(([, release]) => {
      this.#release = release
      if (this.#isOver) release()
    })
  }

  [Symbol.dispose](): void {
    this.#isOver = true
    this.#release?.()
  }
}

/** Waits for a place. @throws what the signal is aborted with while it waits */
export async function waitForPlace(
  semaphore: Semaphore,
  options: PlaceOptions,
  signal: AbortSignal,
): Promise<QueuedPlace> {
  signal.throwIfAborted()
  const place = new QueuedPlace(semaphore, options)
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const abort = () => reject(signal.reason as Error)
  signal.addEventListener('abort', abort, { once: true })
  try {
    await Promise.race([place.granted, aborted])
    return place
  } catch (thrown) {
    place[Symbol.dispose]()
    throw thrown
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
