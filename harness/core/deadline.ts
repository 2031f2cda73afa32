// A point in time that is handed down to everything that waits, so that no wait can outlive its owner.
import { setTimeout as delay } from 'node:timers/promises'
import { monotonicMs } from './clock.ts'
import { ChaosError, messageOf, type ErrorCode, type ErrorKind } from './errors.ts'

export interface Waiting {
  /** The thing waited for, in words that follow "waited 5 s for". */
  readonly what: string
  readonly code: ErrorCode
  readonly kind?: ErrorKind
  readonly hint?: string
  /** See `ChaosErrorOptions`. */
  readonly subject?: string
}

export interface PollOptions extends Waiting {
  /** Milliseconds between two attempts: the resolution of any figure measured with this wait. */
  readonly everyMs: number
  /** Whether an error makes another attempt pointless. Such an error is rethrown unchanged. */
  readonly stopOn?: (thrown: unknown) => boolean
}

export class Deadline {
  readonly #startedMs = monotonicMs()
  readonly #endMs: number
  readonly signal: AbortSignal

  private constructor(endMs: number, signal: AbortSignal) {
    this.#endMs = endMs
    this.signal = signal
  }

  /** A deadline `ms` from now; `signal` ends it early (Ctrl-C, an unplanned death). */
  static after(ms: number, signal: AbortSignal = new AbortController().signal): Deadline {
    return new Deadline(monotonicMs() + ms, signal)
  }

  get remainingMs(): number {
    return Math.max(0, this.#endMs - monotonicMs())
  }

  /** A deadline of `ms` from now that cannot outlive this one. */
  within(ms: number): Deadline {
    return new Deadline(Math.min(this.#endMs, monotonicMs() + ms), this.signal)
  }

  /**
   * Calls `attempt` until it returns something other than undefined. An attempt still unanswered at the end,
   * or when the signal fires, is abandoned; the signal handed to `attempt` tells it so.
   * @throws the signal's reason if it was aborted, or a ChaosError with `options.code` once the time is up.
   *   The cause of that ChaosError is the last error that `attempt` threw.
   */
  async poll<T>(attempt: (signal: AbortSignal) => Promise<T | undefined>, options: PollOptions): Promise<T> {
    let last: unknown
    while (this.remainingMs > 0) {
      this.signal.throwIfAborted()
      const abandoned = new AbortController()
      try {
        const signal = AbortSignal.any([this.signal, abandoned.signal])
        const outcome = await this.#inTime(attempt(signal))
        if (outcome === undefined) break
        if (outcome.value !== undefined) return outcome.value
        last = undefined
      } catch (thrown) {
        this.signal.throwIfAborted()
        if (options.stopOn?.(thrown) === true) throw thrown
        last = thrown
      } finally {
        abandoned.abort()
      }
      await this.#pause(options.everyMs)
    }
    this.signal.throwIfAborted()
    throw this.expired(options, last)
  }

  /** Waits for `promise`, no longer than this deadline. @throws as `poll` does */
  async race<T>(promise: Promise<T>, options: Waiting): Promise<T> {
    const outcome = await this.#inTime(promise)
    if (outcome === undefined) throw this.expired(options, undefined)
    return outcome.value
  }

  /** The error for a deadline that is over. */
  expired(options: Waiting, last: unknown): ChaosError {
    const waited = ((monotonicMs() - this.#startedMs) / 1000).toFixed(1)
    const why = last === undefined ? '' : `; last: ${messageOf(last)}`
    return new ChaosError(`waited ${waited} s for ${options.what}${why}`, {
      code: options.code,
      ...(options.kind === undefined ? {} : { kind: options.kind }),
      ...(options.hint === undefined ? {} : { hint: options.hint }),
      ...(options.subject === undefined ? {} : { subject: options.subject }),
      ...(last === undefined ? {} : { cause: last }),
    })
  }

  /** The value of `promise`; undefined once the time is up. @throws the signal's reason if it was aborted */
  async #inTime<T>(promise: Promise<T>): Promise<{ readonly value: T } | undefined> {
    const over = new AbortController()
    const signal = AbortSignal.any([over.signal, this.signal])
    try {
      const timeout = delay(this.remainingMs, undefined, { signal }).catch((thrown: unknown) => {
        throw this.signal.aborted ? this.signal.reason : thrown
      })
      return await Promise.race([promise.then((value) => ({ value })), timeout])
    } finally {
      over.abort()
    }
  }

  async #pause(ms: number): Promise<void> {
    try {
      await delay(Math.min(ms, this.remainingMs), undefined, { signal: this.signal })
    } catch (thrown) {
      throw this.signal.aborted ? this.signal.reason : thrown
    }
  }
}
