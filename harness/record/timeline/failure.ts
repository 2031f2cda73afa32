// What went wrong while the run was under way, as it was thrown.
import { z } from 'zod'
import { at } from './at.ts'

export const failureEntries = [
  z.object({
    ...at,
    kind: z.literal('error'),
    code: z.string(),
    errorKind: z.enum(['usage', 'harness', 'assumption', 'liveness', 'safety']),
    message: z.string(),
    hint: z.string().optional(),
  }),
] as const
