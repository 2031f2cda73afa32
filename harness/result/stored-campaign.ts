// Reads the part of `timing.json` that no record holds: required runs, settings, versions. It is separate
// from today's result schema, so that campaigns of earlier versions can be judged again.
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { messageOf, UsageError } from '../core/errors.ts'
import { timingSchema, verdictSchema } from './campaign-result.ts'

const newestSchema = timingSchema.shape.schema.value

export const storedCampaignSchema = z.object({
  schema: z.number().int().min(1).max(newestSchema),
  campaign: timingSchema.shape.campaign,
  scenarios: z.array(
    z.object({
      name: z.string(),
      promise: z.string(),
      budgetMs: z.number(),
      required: z.number().int(),
      runs: z.array(
        z.object({
          run: z.number().int(),
          seed: z.number().int(),
          verdict: verdictSchema,
          /** Relative to the campaign's folder. */
          folder: z.string(),
        }),
      ),
    }),
  ),
  gate: timingSchema.shape.gate.pick({ required: true, skipped: true, stopped: true }),
})
export type StoredCampaign = z.infer<typeof storedCampaignSchema>

/** @throws UsageError `CHAOS_RESULT_INVALID`, `CHAOS_RECORD_TOO_NEW`, each naming the file */
export async function readStoredCampaign(file: string): Promise<StoredCampaign> {
  const value = await readJson(file)
  const { schema } = z.object({ schema: z.number() }).catch({ schema: 1 }).parse(value)
  if (schema > newestSchema) {
    throw new UsageError(
      `${file} has schema ${schema}, but this version of temporal-chaos reads results up to schema ${newestSchema}`,
      'Analyze it with the version of temporal-chaos that wrote it, or a newer one.',
      'CHAOS_RECORD_TOO_NEW',
    )
  }
  const parsed = storedCampaignSchema.safeParse(value)
  if (parsed.success) return parsed.data
  throw invalid(file, z.prettifyError(parsed.error))
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (thrown) {
    throw invalid(file, messageOf(thrown))
  }
}

function invalid(file: string, why: string): UsageError {
  return new UsageError(
    `${file} is not a campaign's result: ${why}`,
    'Remove it to judge the records alone, without the gate of their campaign.',
    'CHAOS_RESULT_INVALID',
  )
}
