// The header of a record, `run.json`: it identifies the run and is written first.
import { z } from 'zod'
import { profileSchema } from '../config/profiles.ts'
import { mayDifferSchema } from './golden.ts'

/** The schema that this version writes. Older records are upgraded when they are read (see upgrade.ts). */
export const recordSchemaVersion = 3

/** Since this schema lines are numbered, and a seal closes the record. */
export const firstSealedSchema = 3

export const runHeaderSchema = z.object({
  schema: z.literal(recordSchemaVersion),
  campaign: z.string(),
  campaignSeed: z.number().int(),
  scenario: z.string(),
  promise: z.string(),
  run: z.number().int().min(1),
  seed: z.number().int(),
  backend: z.string(),
  profile: profileSchema,
  budgetMs: z.number(),
  deadlineMs: z.number(),
  /** Names of the checks that the scenario adds to the default ones. */
  checks: z.array(z.string()),
  /** Types of activities and workflows whose attempts fail by design; absent if none do, and in older records. */
  failingAttempts: z.array(z.string()).optional(),
  /** How long activities wait for a worker without a fault, by type; absent if unknown, and in older records. */
  activityWaitsMs: z.record(z.string(), z.number()).optional(),
  /** What may differ from the golden run by the scenario's nature. Absent: nothing, or an older record. */
  mayDiffer: z.array(mayDifferSchema).optional(),
  startedAt: z.iso.datetime(),
  /** The harness's wall clock at the run's zero. */
  wallAtZeroMs: z.number(),
  /** The server's wall clock minus the harness's; absent if both are one clock. */
  clockOffsetMs: z.number().optional(),
})
export type RunHeader = z.infer<typeof runHeaderSchema>

/** The server's wall clock at the run's zero: a server's timestamp minus this value is on the run's clock. */
export function serverZeroMs({
  wallAtZeroMs,
  clockOffsetMs = 0,
}: Pick<RunHeader, 'wallAtZeroMs' | 'clockOffsetMs'>): number {
  return wallAtZeroMs + clockOffsetMs
}
