// What a process used of the machine at most while a run went on.
import { z } from 'zod'

export const resourceSchema = z.object({
  process: z.string(),
  /** Of one core. */
  cpuPercentMax: z.number(),
  memoryBytesMax: z.number(),
})
export type Resource = z.infer<typeof resourceSchema>
