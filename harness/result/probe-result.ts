// The wait of a probe, as the run's result has it.
import { z } from 'zod'
import { probeKindSchema } from '../record/probe-kind.ts'

/** How long a client waited for an answer right after the heal. */
export const probeResultSchema = z.object({
  /** Number of the last fault before the probe, from 1. */
  faultIndex: z.number().int(),
  probe: probeKindSchema,
  /** When it was sent; absent in results from before it was stored. */
  askedMs: z.number().optional(),
  waitedMs: z.number(),
})
export type ProbeResult = z.infer<typeof probeResultSchema>
