// The shape of a comparison of profiles, and of `compare.json`. Durations are in milliseconds.
import { z } from 'zod'
import { timingSchema } from './campaign-result.ts'

const ms = z.number()
const count = z.number().int().min(0)

/** A cause of waiting during recovery, over all runs that waited for it. */
export const comparedCauseSchema = z.object({
  name: z.string(),
  /** The setting that decides the wait, in Temporal's spelling; null if none does. */
  setting: z.string().nullable(),
  runs: count,
  /** The median of the observed lengths. */
  observedMs: ms,
})
export type ComparedCause = z.infer<typeof comparedCauseSchema>

/** The figures of a scenario under one profile. */
export const comparedSchema = z.object({
  profile: z.string(),
  required: count,
  executed: count,
  passed: count,
  recovery: z.object({
    minMs: ms.nullable(),
    medianMs: ms.nullable(),
    maxMs: ms.nullable(),
    /** One value for every measured run, in the order of the runs. */
    pointsMs: z.array(ms),
    /** Executed runs without a measurement. */
    unmeasured: count,
  }),
  /** The most frequent cause first. */
  causes: z.array(comparedCauseSchema),
  /** The costs of the profile's settings, over all runs. */
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
    /** Runs of each scenario under each profile. */
    runs: count,
    /** In the order in which they were requested; `folder` holds the profile's own reports. */
    profiles: z.array(z.object({ name: z.string(), folder: z.string() })),
    versions,
    host,
  }),
  scenarios: z.array(
    z.object({
      name: z.string(),
      promise: z.string(),
      budgetMs: ms,
      /** The profiles under which the scenario ran, in the order of the comparison. */
      profiles: z.array(comparedSchema),
    }),
  ),
  /** Whether every run was executed and judged. A run that was too slow counts as judged. */
  complete: z.boolean(),
})

/** The whole comparison: the content of `compare.json`, and the source of every other report. */
export type Comparison = z.infer<typeof comparisonSchema>
