// One attempt of an activity to change the outside world, as the ledger saw it.
import { z } from 'zod'

/** Body of `POST <ledger URL>/effects`. Only the key is required. */
export const effectRequestSchema = z.object({
  /** Idempotency key, the same for every attempt of one effect. */
  key: z.string().min(1),
  /** The attempt that calls. If one of these four is absent, nobody can tell a lost attempt from code that asks twice. */
  workflowId: z.string().min(1).optional(),
  runId: z.string().min(1).optional(),
  activityId: z.string().min(1).optional(),
  attempt: z.number().int().min(1).optional(),
  /** The incarnation of the worker that sends it. Ignored if the ledger's URL names the incarnation. */
  incarnation: z.number().int().min(1).optional(),
  payload: z.unknown().optional(),
})

/** The incarnation of a worker that sends effects. */
export interface EffectSender {
  readonly worker: string
  /** Counts the starts of this worker, from 1. */
  readonly incarnation: number
}

export const effectSchema = effectRequestSchema.extend({
  /** Absent in records from before the ledger learnt it, and in those of a ledger that anyone may call. */
  worker: z.string().optional(),
  /** Counts the starts of the worker, from 1. */
  incarnation: z.number().int().min(1),
  /** Order of arrival, from 1. */
  sequence: z.number().int().min(1),
  /** Milliseconds from the run's start. */
  receivedAtMs: z.number(),
  /**
   * `new`: accepted, the ledger changed. `repeat`: the key had been accepted before, nothing changed.
   * `conflict`: like `repeat`, but with another payload than the accepted one; the ledger answers 409.
   */
  outcome: z.enum(['new', 'repeat', 'conflict']),
})
export type Effect = z.infer<typeof effectSchema>

/** An effect whose caller said which attempt of which activity it is. */
export interface NamedEffect extends Effect {
  workflowId: string
  runId: string
  activityId: string
  attempt: number
}

export function namesAttempt<E extends Effect>(effect: E): effect is E & NamedEffect {
  const { workflowId, runId, activityId, attempt } = effect
  return [workflowId, runId, activityId, attempt].every((given) => given !== undefined)
}
