// How a workflow can end, and which end a scenario expects.
import { z } from 'zod'

/** Keys of the effects that come with this outcome and with no other. */
const ownEffects = { effects: z.array(z.string()).optional() }

/** How a workflow can end, over its whole chain of runs. */
export const outcomeSchema = z.discriminatedUnion('status', [
  /** The result is absent if the workflow returns nothing. */
  z.object({ status: z.literal('completed'), result: z.unknown().optional(), ...ownEffects }),
  /** The workflow's own logic failed it; the message is its failure's. */
  z.object({ status: z.literal('failed'), message: z.string(), ...ownEffects }),
  z.object({ status: z.literal('canceled'), ...ownEffects }),
  z.object({ status: z.literal('terminated'), ...ownEffects }),
  z.object({ status: z.literal('timed-out'), ...ownEffects }),
])
export type Outcome = z.infer<typeof outcomeSchema>

/** What a workflow must come to, whatever happens around it. */
export const goldenSchema = z.object({
  /** The workflow may end in any one of these; empty if the scenario names them when it awaits the end. */
  outcomes: z.array(outcomeSchema),
  /** Keys of the effects that the ledger must have accepted at completion, besides those of accepted messages. */
  effects: z.array(z.string()),
})
export type Golden = z.infer<typeof goldenSchema>
