// Errors during the run.
import { z } from 'zod'
import { errorKinds } from '../../core/errors.ts'
import { at } from './at.ts'

export const failureEntries = [
  z.object({
    ...at,
    kind: z.literal('error'),
    code: z.string(),
    errorKind: z.enum(errorKinds),
    message: z.string(),
    hint: z.string().optional(),
    /** The thing that the scenario waited for in vain: the subject of an `awaited` entry. */
    subject: z.string().optional(),
  }),
  /** The disk was too slow for a buffered stream, and this many of its lines are missing. */
  z.object({ ...at, kind: z.literal('lines-dropped'), stream: z.string(), lines: z.number().int() }),
] as const
