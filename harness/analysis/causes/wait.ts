// A time in which something is seen to hold work back: the piece that causes are made of.
import type { WaitInterval } from '../open-obligation.ts'

export interface Wait extends WaitInterval {
  /** In words: "retry backoff". */
  readonly name: string
  /** The setting that decides its length, as the TypeScript SDK spells it; null if none does. */
  readonly setting: string | null
  /** What was seen, with attempt and message: `attempt 2 failed with "503"`. */
  readonly detail?: string
  /** The longest that one such wait can last, if the wait may stand for several in a row. */
  readonly eachMs?: number
  /** Set if the same was seen to hold work back before any fault: then it is no part of a recovery. */
  readonly isUsual?: true
}

/** Shorter waits get no cause: a few round trips and a database commit take as long. */
export const negligibleMs = 100

export const serverLateness = 'lateness of the server'

/** Empty if the wait has no length. */
export function lasting(wait: Wait): Wait[] {
  return wait.untilMs > wait.fromMs ? [wait] : []
}
