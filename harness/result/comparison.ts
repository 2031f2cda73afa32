// The shape of a comparison of profiles, and of `compare.json`. Durations are in milliseconds.
import { z } from 'zod'
import { timingSchema } from './campaign-result.ts'

const ms = z.number()
const count = z.number().int().min(0)

/** What recovery waited for, over the runs of which it was the cause. */
export const comparedCauseSchema = z.object({
  name: z.string(),
  /** The setting that decides it, as Temporal spells it; null if none does. */
  setting: z.string().nullable(),
  runs: count,
  /** The median of how long it was seen to last. */
  observedMs: ms,
})
export type ComparedCause = z.infer<typeof comparedCauseSchema>

/** How a scenario went under one profile. */
export const comparedSchema = z.object({
  profile: z.string(),
  required: count,
  executed: count,
  passed: count,
  recovery: z.object({
    minMs: ms.nullable(),
    medianMs: ms.nullable(),
    maxMs: ms.nullable(),
    /** Every measured run's, in the order of the runs. */
    pointsMs: z.array(ms),
    /** Executed runs of which nothing was measured. */
    unmeasured: count,
  }),
  /** The most frequent first. */
  causes: z.array(comparedCauseSchema),
  /** What the profile's settings cost, over all runs. */
  costs: z.object({ workflowTasksTimedOut: count, activityAttempts: count, redoneMs: ms }),
})
export type Compared = z.infer<typeof comparedSchema>

const { id, startedAt, seed, backend, versions, host } = timingSchema.shape.campaign.shape

export const comparisonSchema = z.object({
  schema: z.literal(1),
  comparison: z.object({
    id,
    startedAt,
    seed,
    backend,
    /** Of each scenario under each profile. */
    runs: count,
    /** As they were asked for; `folder` holds the profile's own reports. */
    profiles: z.array(z.object({ name: z.string(), folder: z.string() })),
    versions,
    host,
  }),
  scenarios: z.array(
    z.object({
      name: z.string(),
      promise: z.string(),
      budgetMs: ms,
      /** Of the profiles that it was run under, in their order. */
      profiles: z.array(comparedSchema),
    }),
  ),
  /** Every run was executed and judged; a run that was too slow is judged. */
  complete: z.boolean(),
})

/** What `compare.json` holds and every other report of a comparison is made from. */
export type Comparison = z.infer<typeof comparisonSchema>
