// What is known of one obligation before its waiting is counted.
import type { HistoryEvent } from '../history/event.ts'
import type { Obligation } from '../result/campaign-result.ts'

export interface OpenObligation {
  readonly kind: Obligation['kind']
  readonly subject: string
  /** When it could first have been met. */
  readonly dueMs: number
  /** When a living worker was handed the work; null while none was. */
  readonly redispatchedMs: number | null
  /** When the outcome was there for workflow code to consume; equal to `redispatchedMs` where no work is between. */
  readonly readyMs: number | null
  /** When the workflow task that saw the outcome was completed. */
  readonly settledMs: number | null
  /** The completed event of that workflow task. */
  readonly settledBy: HistoryEvent | undefined
  /**
   * At most, of an activity of which an attempt was lost: what that had done since its last heartbeat, from where the
   * next one is taken to go on, or since its start without one; no more than the next one took.
   */
  readonly redoneMs: number | null
  /** A timer that has fired: how long after it was due. */
  readonly latenessMs?: number
  /** The event of an activity that tells by which timeout an attempt ended: its last start, or its own end. */
  readonly timedOutIn?: HistoryEvent
}

export interface Window {
  readonly fromMs: number
  readonly untilMs: number
}

/**
 * The two times of waiting that make up a recovery: for a worker to take the work, and for workflow code to consume
 * its outcome. Undefined where it is not settled.
 */
export function waitIntervals(
  owed: OpenObligation,
  serviceableFromMs: number,
): readonly [Window, Window] | undefined {
  const { dueMs, redispatchedMs, readyMs, settledMs } = owed
  if (redispatchedMs === null || readyMs === null || settledMs === null) return undefined
  const fromMs = Math.max(serviceableFromMs, dueMs)
  return [
    { fromMs, untilMs: Math.max(fromMs, redispatchedMs) },
    { fromMs: Math.max(serviceableFromMs, readyMs), untilMs: Math.max(serviceableFromMs, settledMs) },
  ]
}
