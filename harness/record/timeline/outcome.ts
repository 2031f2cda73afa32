// The possible ends of a workflow, and the end that a scenario expects.
import { z } from 'zod'
import { effectPromiseSchema } from '../expected-effect.ts'

/** The effects that occur only with this outcome. */
const ownEffects = { effects: z.array(effectPromiseSchema).optional() }

/** Nobody said which result or message is right: any is. */
const anyValue = { anyValue: z.literal(true).optional() }

/** The end of a workflow, over its whole chain of runs. */
export const outcomeSchema = z.discriminatedUnion('status', [
  /** The result is absent if the workflow returns nothing. */
  z.object({ status: z.literal('completed'), result: z.unknown().optional(), ...anyValue, ...ownEffects }),
  /** The workflow's own logic failed it; the message is that of its failure. */
  z.object({ status: z.literal('failed'), message: z.string(), ...anyValue, ...ownEffects }),
  z.object({ status: z.literal('canceled'), ...ownEffects }),
  z.object({ status: z.literal('terminated'), ...ownEffects }),
  z.object({ status: z.literal('timed-out'), ...ownEffects }),
])
export type Outcome = z.infer<typeof outcomeSchema>

/** The end that a workflow must reach whatever faults happen. */
export const goldenSchema = z.object({
  /** Any of these ends is right; empty if the scenario names them when it awaits the end. */
  outcomes: z.array(outcomeSchema),
  /**
   * The effects that the ledger must have accepted at completion, in addition to those of accepted messages.
   */
  effects: z.array(effectPromiseSchema),
  /** Nobody said which effects are right: any may come besides these. @default no other may */
  anyEffects: z.literal(true).optional(),
  /** The keys of the rows that it must have left at completion, by the name of their query; absent if nobody names any. */
  rows: z.record(z.string(), z.array(z.string()).readonly()).optional(),
  /** The lengths of the timers that must have fired at completion; absent if the workload names none. */
  timersMs: z.array(z.number()).readonly().optional(),
  /** The answers to queries after completion; absent if the workload names none. */
  answers: z.record(z.string(), z.unknown()).readonly().optional(),
})
export type Golden = z.infer<typeof goldenSchema>
