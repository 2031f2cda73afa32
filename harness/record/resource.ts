// The peak use of CPU and memory by a process during a run.
import { z } from 'zod'

export const resourceSchema = z.object({
  process: z.string(),
  /** In percent of one core. */
  cpuPercentMax: z.number(),
  memoryBytesMax: z.number(),
})
export type Resource = z.infer<typeof resourceSchema>
