// How long an attempt of an activity may last whose work takes a known time.
import type { ActivityOptions } from '@temporalio/workflow'

/**
 * What an attempt may last longer than its work: worker and world are slow on a busy machine. Without a heartbeat timeout
 * a dead worker is noticed only then, so it is no shorter than the start-to-close timeout of any profile.
 */
const marginMs = 10_000

/** The profile's options, with time enough for `workMs` of work. */
export function withTimeToWork(activity: ActivityOptions, workMs: number): ActivityOptions {
  return { ...activity, startToCloseTimeout: workMs + marginMs }
}
