// Messages to workflows and their answers, and probes that measure how long a client would wait.
import { z } from 'zod'
import { probeKindSchema } from '../probe-kind.ts'
import { effectPromiseSchema } from '../expected-effect.ts'
import { at } from './at.ts'
import { workflowRun } from './workflow.ts'

export const messageEntries = [
  /** A signal or update was sent. All tries of one message share its id. */
  z.object({
    ...at,
    kind: z.literal('sent'),
    messageId: z.string(),
    what: z.enum(['signal', 'update']),
    name: z.string(),
    sender: z.string(),
    /**
     * Counts this sender's messages to this workflow, from 1. Each message leaves after the answer to the
     * previous one.
     */
    number: z.number().int(),
    ...workflowRun,
    /** The effects that the message causes once it is accepted. */
    effects: z.array(effectPromiseSchema),
  }),
  /** Without an answer nobody knows whether a message was accepted. An update that failed was accepted. */
  z.object({
    ...at,
    kind: z.literal('answered'),
    messageId: z.string(),
    answer: z.enum(['accepted', 'rejected', 'failed']),
    detail: z.string().optional(),
  }),
  /** A probe was answered: a client would have waited `atMs − askedMs` after the heal. */
  z.object({
    ...at,
    kind: z.literal('probe'),
    /** Number of the last fault before the probe, from 1. */
    faultIndex: z.number().int(),
    probe: probeKindSchema,
    ...workflowRun,
    askedMs: z.number(),
  }),
] as const
