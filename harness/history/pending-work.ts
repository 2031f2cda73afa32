// What the server counts as pending of a workflow: a history shows an attempt only once it has ended, and of tasks
// that fail in a row only the first.
import { z } from 'zod'

/** By the server's clock, in milliseconds since the epoch. */
const wallMs = z.number().nullable()

const pendingActivitySchema = z.object({
  activityId: z.string(),
  attempt: z.number().int(),
  /** Whether a worker has the attempt. */
  isStarted: z.boolean(),
  startedWallMs: wallMs,
  heartbeatWallMs: wallMs,
  /** When the next attempt begins, if it waits for that. */
  nextAttemptWallMs: wallMs,
  /** That had the attempt last; empty if none had. */
  lastWorker: z.string(),
  /** Of the attempt before. */
  lastFailure: z.object({ message: z.string(), timeoutType: z.string().nullable() }).nullable(),
})
export type PendingActivityWork = z.infer<typeof pendingActivitySchema>

export const pendingWorkSchema = z.object({
  workflowTask: z
    .object({ attempt: z.number().int(), isStarted: z.boolean(), scheduledWallMs: wallMs })
    .nullable(),
  activities: z.array(pendingActivitySchema),
})
export type PendingWork = z.infer<typeof pendingWorkSchema>
