// Messages to workflows and the service's answers, and the probes that show what a client would wait for.
import { z } from 'zod'
import { probeKindSchema } from '../probe-kind.ts'
import { at } from './at.ts'
import { workflowRun } from './workflow.ts'

export const messageEntries = [
  /** A signal or update leaves for the service; all tries of one message share its id. */
  z.object({
    ...at,
    kind: z.literal('sent'),
    messageId: z.string(),
    what: z.enum(['signal', 'update']),
    name: z.string(),
    sender: z.string(),
    /** Counts this sender's messages to this workflow, from 1. Each leaves after the answer to the one before. */
    number: z.number().int(),
    ...workflowRun,
    /** Keys of the effects that the message brings about once it is accepted. */
    effects: z.array(z.string()),
  }),
  /** Without an answer nobody knows whether a message was accepted. An update that failed was accepted. */
  z.object({
    ...at,
    kind: z.literal('answered'),
    messageId: z.string(),
    answer: z.enum(['accepted', 'rejected', 'failed']),
    detail: z.string().optional(),
  }),
  /** A probe was answered: `atMs − askedMs` is what a client would have waited for after the heal. */
  z.object({
    ...at,
    kind: z.literal('probe'),
    /** Number of the newest fault before the probe, from 1. */
    faultIndex: z.number().int(),
    probe: probeKindSchema,
    ...workflowRun,
    askedMs: z.number(),
  }),
] as const
