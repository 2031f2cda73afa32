// Observations: facts that were collected after the run's scenario had ended; a few of them also before it began.
import { z } from 'zod'
import { closingPayloadSchema } from '../history/closing-payload.ts'
import { historyEventSchema } from '../history/event.ts'
import { pendingWorkSchema } from '../history/pending-work.ts'
import { goldenEntrySchema } from './golden.ts'
import { resourceSchema } from './resource.ts'
import { rowsEntry } from './rows.ts'
import { settingsEntry } from './settings.ts'
import { storedRunEntry } from './stored-state.ts'

const countSchema = z.number().int().min(0)

const writtenSchema = z.object({
  captures: countSchema,
  /** Of each kind, without the one that says so. */
  observations: z.record(z.string(), countSchema),
})
/** How much a record held when its last observation was made. */
export type Written = z.infer<typeof writtenSchema>

export const observationEntrySchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('history'),
    workflowId: z.string(),
    runId: z.string(),
    events: z.array(historyEventSchema),
    /** Read through the endpoint's data converter, so that a stored record is judged without it. */
    closing: closingPayloadSchema.optional(),
  }),
  /** The service answered that it knows no such run, although it had started the run before. */
  z.object({ kind: z.literal('lost'), workflowId: z.string(), runId: z.string(), message: z.string() }),
  /** A child that a closed run had asked for, and of whose start its history says nothing. */
  z.object({
    kind: z.literal('asked-child'),
    workflowId: z.string(),
    /** Its first run; null if the service knows no such child. */
    runId: z.string().nullable(),
    /** The parent's run, and its event that asked for the child. */
    fromRunId: z.string(),
    eventId: z.string(),
  }),
  /** A run, as the service describes it or as visibility lists it. Older records have none. */
  z.object({
    kind: z.literal('execution'),
    source: z.enum(['describe', 'list']),
    workflowId: z.string(),
    runId: z.string(),
    /** `RUNNING`, `COMPLETED` … */
    status: z.string(),
    /** By the server's clock, in milliseconds since the epoch. */
    startedWallMs: z.number(),
    /** The data of each payload, in base64. */
    memo: z.record(z.string(), z.string()),
    searchAttributes: z.record(z.string(), z.string()),
  }),
  /** How long it took until visibility agreed with the descriptions, or until the harness gave up. */
  z.object({ kind: z.literal('visibility'), tookMs: z.number(), withinMs: z.number() }),
  z.object({
    kind: z.literal('replay'),
    workflowId: z.string(),
    runId: z.string(),
    /** Null if the history replays. */
    error: z.string().nullable(),
    /** If it does not: in which way, as it reads after "does not replay". Absent if it goes without saying. */
    way: z.string().optional(),
  }),
  /** A history that nobody replayed, for a reason that is no failure of the harness. Older records have none. */
  z.object({ kind: z.literal('unreplayed'), workflowId: z.string(), runId: z.string(), why: z.string() }),
  /** What the server counted as pending of a workflow that was open at the run's end; absent in older records. */
  z.object({
    kind: z.literal('pending'),
    workflowId: z.string(),
    runId: z.string(),
    ...pendingWorkSchema.shape,
  }),
  /** A panic in a service's log, from the time of the run. */
  z.object({
    kind: z.literal('panic'),
    service: z.string(),
    message: z.string(),
    /** How often the log shows it. */
    times: z.number().int().min(1),
  }),
  /** Who polled a task queue at the run's end, as the service listed it: dead pollers stay listed for minutes. */
  z.object({
    kind: z.literal('pollers'),
    queue: z.string(),
    polls: z.enum(['workflow', 'activity']),
    /** By the server's clock, in milliseconds since the epoch. */
    pollers: z.array(z.object({ identity: z.string(), lastAccessWallMs: z.number() })),
  }),
  z.object({ kind: z.literal('resources'), resources: z.array(resourceSchema) }),
  /** The machine's load is in the stream `machine`. */
  z.object({ kind: z.literal('machine'), cores: z.number().int() }),
  z.object({
    kind: z.literal('clock'),
    errorMs: z.number(),
    /** What the record held by then, counted as it was written; absent in older records. */
    written: writtenSchema.optional(),
  }),
  settingsEntry,
  rowsEntry,
  goldenEntrySchema,
  storedRunEntry,
  /**
   * An observation could not be made because the run lacked something, such as a server log or a replayer.
   */
  z.object({ kind: z.literal('unavailable'), observation: z.string(), why: z.string() }),
])
export type ObservationEntry = z.infer<typeof observationEntrySchema>
export type ObservationEntryOf<K extends ObservationEntry['kind']> = Extract<ObservationEntry, { kind: K }>
