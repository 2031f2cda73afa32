// What went wrong while the run was under way, as it was thrown.
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
    /** What the scenario waited for in vain: the subject of an `awaited` entry. */
    subject: z.string().optional(),
  }),
  /** The disk did not keep up with a buffered stream: this many of its lines are missing. */
  z.object({ ...at, kind: z.literal('lines-dropped'), stream: z.string(), lines: z.number().int() }),
] as const
