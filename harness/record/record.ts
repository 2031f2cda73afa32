// A run's record: every observation, on disk before anything is judged. Checks read nothing else.
import { z } from 'zod'
import type { ClosingPayload } from '../history/closing-payload.ts'
import { historyEventSchema, type HistoryEvent } from '../history/event.ts'
import type { PendingWork } from '../history/pending-work.ts'
import { effectSchema } from './effect.ts'
import { runHeaderSchema } from './header.ts'
import { observationEntrySchema, type ObservationEntry, type ObservationEntryOf } from './observation.ts'
import { machineLineSchema } from './machine.ts'
import { opaqueLineSchema, type OpaqueLine } from './opaque.ts'
import { timelineEntrySchema } from './timeline.ts'

/** An event as it arrived during the run. */
export const capturedEventSchema = z.object({
  workflowId: z.string(),
  runId: z.string(),
  receivedAtMs: z.number(),
  event: historyEventSchema,
})
export type CapturedEvent = z.infer<typeof capturedEventSchema>

export const runRecordSchema = z.object({
  header: runHeaderSchema,
  timeline: z.array(timelineEntrySchema),
  captures: z.array(capturedEventSchema),
  observations: z.array(observationEntrySchema),
  effects: z.array(effectSchema),
  /** Empty in records from before the machine was observed. */
  machine: z.array(machineLineSchema),
  /** Content that this version does not know, unchanged: lines of other kinds, and other streams by name. */
  opaque: z.object({
    timeline: z.array(opaqueLineSchema),
    observations: z.array(opaqueLineSchema),
    streams: z.record(z.string(), z.array(z.unknown())),
  }),
  /** How the record was found on disk; absent if it was made in memory. */
  stored: z
    .object({
      /** Before it was upgraded. */
      schema: z.number().int(),
      /** Where its files differ from what was written. */
      damage: z.array(z.string()),
    })
    .optional(),
})
export type RunRecord = z.infer<typeof runRecordSchema>

/**
 * The observations of one kind, in order. Lines of a user's own kind have the form that the user's
 * observation gave them.
 */
export function observationsOf<K extends ObservationEntry['kind']>(
  record: RunRecord,
  kind: K,
): ObservationEntryOf<K>[]
export function observationsOf(record: RunRecord, kind: string): OpaqueLine[]
export function observationsOf(record: RunRecord, kind: string): (ObservationEntry | OpaqueLine)[] {
  return [...record.observations, ...record.opaque.observations].filter((one) => one.kind === kind)
}

/** Why the run could not make observations of a kind; undefined if it could. */
export function whyUnavailable(record: RunRecord, kind: string): string | undefined {
  return observationsOf(record, 'unavailable').find(({ observation }) => observation === kind)?.why
}

/** What the closing event of a run says; undefined in records from before it was written down. */
export function closingPayload(record: RunRecord, runId: string): ClosingPayload | undefined {
  return observationsOf(record, 'history').find((one) => one.runId === runId)?.closing
}

/** What the server counted as pending of the run at the end; undefined if it was closed, or in older records. */
export function pendingWorkOf(record: RunRecord, runId: string): PendingWork | undefined {
  return observationsOf(record, 'pending').find((one) => one.runId === runId)
}

/** A workflow's history at the run's end; empty if it could not be read. */
export function finalHistory(record: RunRecord, runId: string): HistoryEvent[] {
  return observationsOf(record, 'history').find((one) => one.runId === runId)?.events ?? []
}
