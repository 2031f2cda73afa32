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
