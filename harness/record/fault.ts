// A fault as data. The timeline, the checks and the reports all read these fields.
import { z } from 'zod'

/** A built-in kind (`kill-worker`, `pause-service`), or a kind of the user's own. */
export const faultKindSchema = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'a fault kind is written in kebab-case')

export const targetKindSchema = z.enum(['worker', 'service', 'wire', 'dependency'])
export type TargetKind = z.infer<typeof targetKindSchema>

export const faultTargetSchema = z.object({
  kind: targetKindSchema,
  /** A worker's identity, or the name of a service, a wire or a dependency. */
  name: z.string(),
})

/**
 * How the target suffers: `dead` without warning, `stopped` with time to finish its work, `frozen` but alive,
 * `cut` off from its peers, `slow`, or its calls are `refused`.
 */
export const faultEffectSchema = z.enum(['dead', 'stopped', 'frozen', 'cut', 'slow', 'refused'])
export type FaultEffect = z.infer<typeof faultEffectSchema>

/** What a fault is, without its time and its outcome. */
export const faultIdentitySchema = z.object({
  kind: faultKindSchema,
  target: faultTargetSchema,
  effect: faultEffectSchema,
})
export type FaultIdentity = z.infer<typeof faultIdentitySchema>

/** A fault for people: `kill-postgres`, `kill-worker on worker-1#1`. */
export function faultLabel({ kind, target }: Pick<FaultIdentity, 'kind' | 'target'>): string {
  const name = faultName({ kind, target })
  return name === kind ? `${kind} on ${target.name}` : name
}

/** Like `faultLabel`, without the worker: `kill-worker`. A service is part of the name: `kill-postgres`. */
export function faultName({ kind, target }: Pick<FaultIdentity, 'kind' | 'target'>): string {
  return target.kind === 'service' ? kind.replace(/-service$/, `-${target.name}`) : kind
}

/** Whether the fault tells a worker to stop and lets it finish its work. */
export function isDrain({ target, effect }: Pick<FaultIdentity, 'target' | 'effect'>): boolean {
  return target.kind === 'worker' && effect === 'stopped'
}
