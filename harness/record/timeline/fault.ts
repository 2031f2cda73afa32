// Faults, and the work that was running when they struck.
import { z } from 'zod'
import { evidenceSchema } from '../evidence.ts'
import { faultEffectSchema, faultKindSchema, faultTargetSchema } from '../fault.ts'
import { at } from './at.ts'
import { workflowRun } from './workflow.ts'

export const faultEntries = [
  z.object({
    ...at,
    kind: z.literal('fault'),
    fault: z.number().int(),
    faultKind: faultKindSchema,
    target: faultTargetSchema,
    effect: faultEffectSchema,
  }),
  z.object({
    ...at,
    kind: z.literal('fault-confirmed'),
    fault: z.number().int(),
    evidence: evidenceSchema,
  }),
  /** What the kernel or the container engine showed of a worker that a fault had hit. */
  z.object({
    ...at,
    kind: z.literal('target-seen'),
    fault: z.number().int(),
    alive: z.number().int(),
    /** Those of the living that were stopped. */
    stopped: z.number().int(),
    pids: z.array(z.number().int()),
  }),
  /** The harness asked a service whether it serves, while a fault should have kept it silent. */
  z.object({
    ...at,
    kind: z.literal('target-asked'),
    fault: z.number().int(),
    askedMs: z.number(),
    answered: z.boolean(),
  }),
  /** Nobody but the fault itself can tell whether it had its effect. */
  z.object({ ...at, kind: z.literal('target-unwatched'), fault: z.number().int(), why: z.string() }),
  /** The fault is about to be healed. Records of earlier versions do not have this entry. */
  z.object({ ...at, kind: z.literal('healing'), fault: z.number().int() }),
  /** The server listed an activity as running right after a fault. History never shows a lost attempt. */
  z.object({
    ...at,
    kind: z.literal('running-activity'),
    faultIndex: z.number().int(),
    ...workflowRun,
    activityId: z.string(),
    attempt: z.number().int(),
    /** By the server's clock, in milliseconds since the epoch. */
    startedWallMs: z.number(),
    heartbeatWallMs: z.number().nullable(),
  }),
] as const
