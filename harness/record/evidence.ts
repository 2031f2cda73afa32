// Evidence that a fault or an operation on a process really happened: plain facts, seen from outside of the
// target.
import { z } from 'zod'

export const evidenceSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))

export type Evidence = z.infer<typeof evidenceSchema>
