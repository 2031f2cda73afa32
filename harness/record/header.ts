// The header of a record, `run.json`: it identifies the run and is written first.
import { z } from 'zod'
import { profileSchema } from '../config/profiles.ts'

/** The schema that this version writes. Older records are upgraded when they are read (see upgrade.ts). */
export const recordSchemaVersion = 2

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
  startedAt: z.iso.datetime(),
  /** The wall clock at the run's zero. A server's timestamp minus this value is on the run's clock. */
  wallAtZeroMs: z.number(),
})
export type RunHeader = z.infer<typeof runHeaderSchema>
