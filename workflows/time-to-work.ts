// The time limits of an activity attempt whose work takes a known time.
import type { ActivityOptions } from '@temporalio/workflow'

/**
 * The extra time of an attempt: worker and ledger are slow on a busy machine. It is at least the
 * start-to-close timeout of any profile, since without heartbeats a dead worker is noticed only by that
 * timeout.
 */
const marginMs = 10_000

/** The profile's options, with enough time for `workMs` of work. */
export function withTimeToWork(activity: ActivityOptions, workMs: number): ActivityOptions {
  return { ...activity, startToCloseTimeout: workMs + marginMs }
}
