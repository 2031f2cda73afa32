// What the database held of a run's workflows when the run was over, read past the service.
import { z } from 'zod'

const id = z.number().int()

/** One workflow run, as it was at one instant. */
const storedRunSchema = z.object({
  workflowId: z.string(),
  runId: z.string(),
  /** Grows with every change of the workflow. */
  recordVersion: id,
  /** The number that its next event would get. */
  nextEventId: id,
  isRunning: z.boolean(),
  /** Its run or its execution has a timeout. */
  expires: z.boolean(),
  /** Somebody asked the server to skip time for it. */
  skipsTime: z.boolean(),
  /** It belongs to a worker deployment. */
  isVersioned: z.boolean(),
  /** The batches of events. Each names its own transaction, and that of the batch before it. */
  batches: z.array(
    z.object({
      firstEventId: id,
      /** Read only for the last batches. */
      lastEventId: id.nullable(),
      /** 64 bits, as text. */
      transaction: z.string(),
      previous: z.string(),
    }),
  ),
  timers: z.array(z.object({ timerId: z.string(), startedEventId: id, expiresAtMs: z.number() })),
  activities: z.array(
    z.object({
      activityId: z.string(),
      scheduledEventId: id,
      isStarted: z.boolean(),
      isPaused: z.boolean(),
      attempt: id,
    }),
  ),
  /** The tasks of all queues that are about the run. */
  tasks: z.array(z.object({ table: z.string(), type: id, eventId: id })),
  /** The tasks of the run that the server gave up on, by dead letter queue. */
  deadLetters: z.array(z.object({ queue: z.string(), messages: id })),
})
export type StoredRun = z.infer<typeof storedRunSchema>

/** A workflow that has pending work is read twice: an entry for each look, in their order. */
export const storedRunEntry = z.object({ kind: z.literal('stored-run'), ...storedRunSchema.shape })
