// An obligation before its wait is computed, and the two waits that make up its recovery.
import type { HistoryEvent } from '../history/event.ts'
import type { Failure } from '../history/failure.ts'
import type { Obligation } from '../result/campaign-result.ts'
import type { RunningActivity } from './outages.ts'

export interface OpenObligation {
  readonly kind: Obligation['kind']
  readonly subject: string
  /** The earliest time at which the obligation could be met. */
  readonly dueMs: number
  /** When a living worker was given the work; null if none was. */
  readonly redispatchedMs: number | null
  /**
   * When workflow code could consume the outcome; equal to `redispatchedMs` if there is no work in between.
   */
  readonly readyMs: number | null
  /** When the workflow task that consumed the outcome was completed. */
  readonly settledMs: number | null
  /** The completed event of that workflow task. */
  readonly settledBy: HistoryEvent | undefined
  /**
   * The most work that an activity with a lost attempt repeated: the attempt's work since its last heartbeat,
   * or since its start if it sent none. It is never longer than the next attempt.
   */
  readonly redoneMs: number | null
  /** How late a timer fired. */
  readonly latenessMs?: number
  /** An activity's scheduled event. */
  readonly scheduled?: HistoryEvent
  /** An activity's attempts before the one that settled it. */
  readonly attempts?: ActivityAttempts
}

/** What is known of an activity's attempts up to the one that a living worker took. */
export interface ActivityAttempts {
  readonly scheduled: HistoryEvent
  /** The started event of that attempt, if it is the last one. */
  readonly started?: HistoryEvent
  /** By which worker; undefined if none took it. */
  readonly identity: string | undefined
  readonly attempt: number
  /** Whether that attempt came; false if the activity itself timed out instead. */
  readonly came: boolean
  readonly takenMs: number
  /** Of the attempt before; undefined if it is not known. */
  readonly failure: Failure | undefined
  /** The attempt that the fault found running, by the server's own list. */
  readonly lost: RunningActivity | undefined
}

export interface WaitInterval {
  readonly fromMs: number
  readonly untilMs: number
}

/**
 * The waits that make up a recovery: until a worker took the work, and until workflow code consumed the
 * outcome. Undefined if the obligation was never settled.
 */
export function waitIntervals(
  { dueMs, redispatchedMs, readyMs, settledMs }: OpenObligation,
  serviceableFromMs: number,
): readonly [WaitInterval, WaitInterval] | undefined {
  if (redispatchedMs === null || readyMs === null || settledMs === null) return undefined
  const fromMs = Math.max(serviceableFromMs, dueMs)
  return [
    { fromMs, untilMs: Math.max(fromMs, redispatchedMs) },
    { fromMs: Math.max(serviceableFromMs, readyMs), untilMs: Math.max(serviceableFromMs, settledMs) },
  ]
}

export function totalMs(intervals: readonly WaitInterval[]): number {
  return intervals.reduce((sum, { fromMs, untilMs }) => sum + untilMs - fromMs, 0)
}
