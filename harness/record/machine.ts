// The load of the machine during a run, as the stream `machine.jsonl` has it. Records of before have no such stream.
import { z } from 'zod'

const ms = z.number()

/** What the threads of some processes used of the cores, and how long they were ready to run and waited for one. */
const coreTimesSchema = z.object({ usedMs: ms, waitedMs: ms })
export type CoreTimes = z.infer<typeof coreTimesSchema>

/** Running totals: the difference over a window is what happened in it. */
const sampleSchema = z.object({
  kind: z.literal('sample'),
  atMs: ms,
  /** Load average of the last minute. */
  load: z.number(),
  /** The most by which a timer of the harness came late since the sample before. */
  lateMs: ms,
  /** How long something on the machine waited for it (`some` of /proc/pressure); absent if the kernel does not say. */
  pressureMs: z.object({ cpu: ms, io: ms, memory: ms }).optional(),
  /** Of all cores together, without idle time: what processes used, and what other virtual machines took. */
  cores: z.object({ busyMs: ms, stolenMs: ms }).optional(),
  /** The processes that serve this run alone: its workers, and its cluster if it has one to itself. */
  own: coreTimesSchema.optional(),
  /** The processes that serve other runs too: the harness, and a cluster that runs share. */
  shared: coreTimesSchema.optional(),
  /** What the harness and everything that it started used, for whichever run. */
  campaignUsedMs: ms.optional(),
})
export type MachineSample = z.infer<typeof sampleSchema>

/** The harness did nothing for so long: it was stopped, frozen, or got no core. */
const standstillSchema = z.object({ kind: z.literal('standstill'), fromMs: ms, untilMs: ms })

export const machineLineSchema = z.discriminatedUnion('kind', [sampleSchema, standstillSchema])
export type MachineLine = z.infer<typeof machineLineSchema>
