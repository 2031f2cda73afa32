// Starts, readiness and exits of workers and services.
import { z } from 'zod'
import { evidenceSchema } from '../evidence.ts'
import { at } from './at.ts'

const incarnation = {
  worker: z.string(),
  incarnation: z.number().int(),
  /** The incarnation's label for people, `worker-1#2`; the target's name of a fault. */
  identity: z.string(),
  pid: z.number().int(),
}

const polledQueueSchema = z.object({
  name: z.string(),
  polls: z.array(z.enum(['workflow', 'activity'])).readonly(),
})

const exitSchema = z.object({ code: z.number().nullable(), signal: z.string().nullable() })

export const workerEntries = [
  z.object({
    ...at,
    kind: z.literal('incarnation'),
    ...incarnation,
    phase: z.enum(['spawned', 'ready']),
    /** How the service knows its pollers, once it is ready; records of schema 1 have only the label. */
    identities: z.array(z.string()).optional(),
    /** What it polls, once it is ready. Runs of records without it had only one worker. */
    taskQueues: z.array(polledQueueSchema).optional(),
    /** The harness did not start its process. */
    isAttached: z.boolean().optional(),
  }),
  /** The run is over, and an attached worker goes on. */
  z.object({ ...at, kind: z.literal('left'), ...incarnation }),
  /** The service lists a worker as a poller again. A restarted server forgets its pollers until they poll. */
  z.object({ ...at, kind: z.literal('polling'), worker: z.string(), identity: z.string() }),
  z.object({ ...at, kind: z.literal('serving'), target: z.string(), evidence: evidenceSchema }),
  z.object({
    ...at,
    kind: z.literal('exited'),
    ...incarnation,
    exit: exitSchema,
    /** Whether the harness caused the exit. */
    planned: z.boolean(),
  }),
  /** Tasks waited, and nobody polled for them although every worker should have served. */
  z.object({
    ...at,
    kind: z.literal('queue-unpolled'),
    queue: z.string(),
    polls: z.enum(['workflow', 'activity']),
    tasks: z.number(),
    /** How long the oldest one has waited. */
    ageMs: z.number(),
    /** The last poll that the service knows of; null if it knows of none. */
    sinceMs: z.number().nullable(),
  }),
  /** Whether a worker that should be up still polls at the end of its scenario. */
  z.object({
    ...at,
    kind: z.literal('still-polling'),
    identity: z.string(),
    /** Absent in older records. */
    askedMs: z.number().optional(),
    answered: z.boolean(),
  }),
  /** Whether a new workflow on this task queue is done at the end of the scenario. */
  z.object({
    ...at,
    kind: z.literal('still-working'),
    queue: z.string(),
    askedMs: z.number(),
    answered: z.boolean(),
  }),
] as const
