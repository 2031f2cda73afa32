// What the machine did during a run, as the run's result has it.
import { z } from 'zod'

/** The machine from the run's start to its end. Shares are of the time, from 0 to 1; null if they were not seen. */
export const machineResultSchema = z.object({
  /** The run's own processes were ready to run and waited for a core that others used. */
  waiting: z.number().nullable(),
  /** At least one process of the machine waited for a core, for the disk, for memory. */
  cpuPressure: z.number().nullable(),
  ioPressure: z.number().nullable(),
  memoryPressure: z.number().nullable(),
  /** The highest load average. */
  load: z.number(),
  /** How long the harness itself did nothing, in pieces of a quarter of a second and more. */
  standstillMs: z.number(),
})
export type MachineResult = z.infer<typeof machineResultSchema>
