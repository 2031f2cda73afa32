// The rows of a user's own tables, as a declared query returned them at one instant of a run.
import { z } from 'zod'

const rowSchema = z.object({
  /** The value of the key column; of several columns, their values as a JSON list. */
  key: z.string(),
  /** All columns, as JSON. */
  values: z.record(z.string(), z.unknown()),
})
export type Row = Readonly<z.infer<typeof rowSchema>>

/** Before the workers start; while the fault lasts; after its heal; when the scenario is over. */
export const rowsTimes = ['start', 'struck', 'healed', 'end'] as const
export type RowsTime = (typeof rowsTimes)[number]

export const rowsEntry = z.object({
  kind: z.literal('rows'),
  /** Of the query, by the configuration. */
  name: z.string(),
  when: z.enum(rowsTimes),
  /** Milliseconds from the run's start until the query was asked. */
  askedMs: z.number(),
  /** Null if there was no such table, or no database, yet. */
  rows: z.array(rowSchema).nullable(),
})
