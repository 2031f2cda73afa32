// What a run repeated, as its result has it.
import { z } from 'zod'

export const retriesSchema = z.object({
  workflowTasksTimedOut: z.number().int(),
  /** Attempts beyond each activity's first. */
  activityAttempts: z.number().int(),
})
export type Retries = z.infer<typeof retriesSchema>
