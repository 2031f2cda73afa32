// An effect that a workload promises: the golden run of the same work has it, whatever faults happen.
import { z } from 'zod'

export const expectedEffectSchema = z.object({
  key: z.string().min(1),
  /** What the ledger must accept under the key. @default any payload, as long as no attempt sends another one */
  payload: z.unknown().optional(),
  /** If the golden run itself may have one or the other payload: any of these. */
  payloads: z.array(z.unknown()).readonly().optional(),
  /** Attempts may send different payloads, as an activity does that reports its own progress. @default false */
  payloadMayDiffer: z.boolean().optional(),
  /** Keys of effects that the ledger must have accepted before this one. @default none */
  after: z.array(z.string()).readonly().optional(),
  /** An activity of another workflow may send it. @default false: of this workflow, its next runs or its children */
  fromAnyWorkflow: z.boolean().optional(),
  /** For an effect of an update: the update may be answered first. @default false */
  mayFollowAnswer: z.boolean().optional(),
})

export type ExpectedEffect = Readonly<z.infer<typeof expectedEffectSchema>>

/** As workloads write it: a key alone says nothing more about its effect. */
export type EffectPromise = string | ExpectedEffect

/** As records hold it. Records of earlier versions have keys only, and nothing is known but the key. */
export const effectPromiseSchema = z.union([z.string(), expectedEffectSchema])

export function keyOf(promise: EffectPromise): string {
  return typeof promise === 'string' ? promise : promise.key
}

/** The form that is written to records: all that is not said has its default. */
export function declaredEffects(promises: readonly EffectPromise[]): ExpectedEffect[] {
  return promises.map((promise) => (typeof promise === 'string' ? { key: promise } : promise))
}
