// One attempt of an activity to change the outside world, as the ledger saw it.
import { z } from 'zod'

/** Body of `POST /effects`. */
export const effectRequestSchema = z.object({
  /** Idempotency key, the same for every attempt of one effect. */
  key: z.string().min(1),
  workflowId: z.string().min(1),
  runId: z.string().min(1),
  activityId: z.string().min(1),
  attempt: z.number().int().min(1),
  /** The incarnation of the worker that sent it: 1 for its first start. */
  incarnation: z.number().int().min(1),
  payload: z.unknown().optional(),
})
export type EffectRequest = z.infer<typeof effectRequestSchema>

export const effectSchema = effectRequestSchema.extend({
  /** Order of arrival, from 1. */
  sequence: z.number().int().min(1),
  /** Milliseconds from the run's start. */
  receivedAtMs: z.number(),
  /** `new`: accepted, the ledger changed. `repeat`: the key had been accepted before, nothing changed. */
  outcome: z.enum(['new', 'repeat']),
})
export type Effect = z.infer<typeof effectSchema>
